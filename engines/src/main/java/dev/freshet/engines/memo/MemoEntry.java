package dev.freshet.engines.memo;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.UnitVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A vector as bytes: the version of this form (1 byte), the tokens that the text had (4), the floats (4 each), the vectors of its tokens if there
 * are any, and a checksum (4) over the key and all before it, all of them little-endian. The checksum tells a value that was damaged, cut,
 * or put under another key.
 */
final class MemoEntry {
    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Integer.BYTES;
    private static final int CHECKSUM = Integer.BYTES;
    private static final byte[] NONE = {};

    private MemoEntry() {}

    static byte[] write(String key, Embedded embedded) {
        float[] vector = embedded.vector();
        byte[] tokenVectors = embedded.tokenVectors() == null ? NONE : embedded.tokenVectors();
        ByteBuffer bytes =
                ByteBuffer.allocate(length(vector.length) + tokenVectors.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(VERSION).putInt(embedded.tokens());
        for (float component : vector) {
            bytes.putFloat(component);
        }
        return bytes.put(tokenVectors).putInt(checksum(key, bytes.array())).array();
    }

    /** Null where the bytes are not what {@link #write} made for this key of a vector of this dimension and length 1. */
    static @Nullable Embedded read(String key, byte[] value, int dimension) {
        if (value.length < length(dimension) || value[0] != VERSION) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(value.length - CHECKSUM) != checksum(key, value)) {
            return null;
        }
        int tokens = bytes.getInt(1);
        float[] vector = new float[dimension];
        bytes.position(HEAD)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(vector);
        int behindVector = HEAD + dimension * Float.BYTES;
        byte[] tokenVectors = Arrays.copyOfRange(value, behindVector, value.length - CHECKSUM);
        return tokens >= 0 && UnitVector.is(vector)
                ? new Embedded(vector, tokens, tokenVectors.length == 0 ? null : tokenVectors)
                : null;
    }

    private static int length(int dimension) {
        return HEAD + dimension * Float.BYTES + CHECKSUM;
    }

    private static int checksum(String key, byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(key.getBytes(StandardCharsets.UTF_8));
        checksum.update(value, 0, value.length - CHECKSUM);
        return (int) checksum.getValue();
    }
}
