package dev.freshet.core.lateinteraction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Made-up token vectors. */
final class Vectors {
    private Vectors() {}

    static float[] tokens(Random random, int count, int dimension) {
        float[] tokens = new float[count * dimension];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) random.nextGaussian();
        }
        return tokens;
    }

    static MeanTokenVector mean(Random random, int dimension) {
        return mean(tokens(random, 1, dimension));
    }

    static MeanTokenVector mean(float... components) {
        ByteBuffer bytes = ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(components);
        return MeanTokenVector.of(bytes.array());
    }

    /** 0 or 1, read from the stored bytes as their layout says. */
    static int bit(TokenVectors vectors, int vector, int dimension) {
        return vectors.bytes()[TokenVectors.HEADER + vector * vectors.stride() + dimension / 8] >> (dimension % 8) & 1;
    }
}
