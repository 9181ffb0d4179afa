package dev.freshet.engines.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A transformer encoder: the tokens of one text in, its vector out. Every call runs on its caller's thread.
 *
 * <p>A call takes one text and not a batch, because the built-in models quantise activations by the range found in
 * the call: in a batch, a text's vector would depend on its neighbours.
 */
final class Encoder implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Pooling pooling;
    private final int dimension;

    private Encoder(OrtEnvironment environment, OrtSession session, Pooling pooling, int dimension) {
        this.environment = environment;
        this.session = session;
        this.pooling = pooling;
        this.dimension = dimension;
    }

    static Encoder open(byte[] graph, Pooling pooling, int dimension) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            environment.setTelemetry(false);
            // The callers are the threads: one call, one core.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // Recorded patterns pay when shapes repeat; here every text has its own length.
            options.setMemoryPatternOptimization(false);
            return new Encoder(environment, environment.createSession(graph, options), pooling, dimension);
        } catch (OrtException e) {
            throw new IllegalStateException("Could not open the encoder: " + e.getMessage(), e);
        }
    }

    /** The direction of the text with these token vectors; of any length, and zero or not finite when the model is broken. */
    float[] pooled(float[] tokenVectors) {
        return pooling.pool(tokenVectors, dimension);
    }

    /**
     * Encodes one text.
     *
     * @param ids its tokens, special tokens included
     * @return their vectors, one after the other
     */
    float[] tokenVectors(long[] ids) {
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        try (OnnxTensor idTensor = tensor(ids);
                OnnxTensor maskTensor = tensor(mask);
                OnnxTensor typeTensor = tensor(new long[ids.length]);
                OrtSession.Result result = session.run(Map.of(IDS, idTensor, MASK, maskTensor, TYPES, typeTensor))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
        } catch (OrtException e) {
            throw new EncoderFailure(e);
        }
    }

    private OnnxTensor tensor(long[] row) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(row), new long[] {1, row.length});
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("Could not close the encoder: " + e.getMessage(), e);
        }
    }
}
