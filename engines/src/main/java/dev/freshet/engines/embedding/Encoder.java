package dev.freshet.engines.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;

/** A transformer encoder: token ids in, one pooled vector per text out. Every call runs on its caller's thread. */
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
            // The callers are the threads: one call, one core.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setMemoryPatternOptimization(false);
            options.setCPUArenaAllocator(false);
            return new Encoder(environment, environment.createSession(graph, options), pooling, dimension);
        } catch (OrtException e) {
            throw new IllegalStateException("Could not open the encoder: " + e.getMessage(), e);
        }
    }

    /**
     * Encodes one batch.
     *
     * @param texts token ids of each text, special tokens included
     * @return one vector per text, not normalised
     */
    float[][] encode(List<long[]> texts) throws OrtException {
        int width = texts.stream().mapToInt(ids -> ids.length).max().orElse(0);
        long[] shape = {texts.size(), width};
        LongBuffer ids = LongBuffer.allocate(texts.size() * width);
        LongBuffer mask = LongBuffer.allocate(texts.size() * width);
        LongBuffer types = LongBuffer.allocate(texts.size() * width);
        for (int row = 0; row < texts.size(); row++) {
            long[] text = texts.get(row);
            ids.put(row * width, text);
            for (int i = 0; i < text.length; i++) {
                mask.put(row * width + i, 1L);
            }
        }
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
                OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types, shape);
                OrtSession.Result result = session.run(Map.of(IDS, idTensor, MASK, maskTensor, TYPES, typeTensor))) {
            return pool(
                    texts, width, ((OnnxTensor) result.get(0)).getFloatBuffer().array());
        }
    }

    private float[][] pool(List<long[]> texts, int width, float[] tokenVectors) {
        float[][] vectors = new float[texts.size()][dimension];
        for (int row = 0; row < vectors.length; row++) {
            pooling.pool(tokenVectors, row * width * dimension, texts.get(row).length, vectors[row]);
        }
        return vectors;
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
