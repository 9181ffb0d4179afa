package dev.freshet.engines.embedding.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Calls a graph with the tokens of texts; every call runs on its caller's thread. Shorter texts are filled up to the longest of the call, and
 * a mask keeps what they were filled with away from them.
 */
public final class GraphCall implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Signature signature;
    private final long padding;

    /** @param padding the token that fills up shorter texts */
    public GraphCall(OrtSession session, Signature signature, long padding) {
        this.session = session;
        this.signature = signature;
        this.padding = padding;
    }

    /** The tokens that each text has in a call. */
    public static int length(List<Tokens> texts) {
        return Math.max(1, texts.stream().mapToInt(Tokens::length).max().orElseThrow());
    }

    /**
     * Calls the graph.
     *
     * @param texts at least one
     * @param read takes what it needs of the output, which is gone afterwards
     * @throws EncoderFailure when the graph fails
     */
    public <T> T run(List<Tokens> texts, Function<OnnxTensor, T> read) {
        int length = length(texts);
        Map<String, long[]> inputs = inputs(texts, length);
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Map.Entry<String, long[]> input : inputs.entrySet()) {
                tensors.put(input.getKey(), tensor(input.getValue(), texts.size(), length));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(signature.output()))) {
                return read.apply((OnnxTensor) result.get(0));
            }
        } catch (OrtException e) {
            throw new EncoderFailure(e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private Map<String, long[]> inputs(List<Tokens> texts, int length) {
        Map<String, long[]> inputs = new HashMap<>();
        long[] ids = new long[texts.size() * length];
        long[] mask = new long[ids.length];
        long[] types = new long[ids.length];
        long[] positions = new long[ids.length];
        Arrays.fill(ids, padding);
        for (int text = 0; text < texts.size(); text++) {
            Tokens tokens = texts.get(text);
            System.arraycopy(tokens.ids(), 0, ids, text * length, tokens.length());
            System.arraycopy(tokens.types(), 0, types, text * length, tokens.types().length);
            // A text without any token is read as one that is padding.
            Arrays.fill(mask, text * length, text * length + Math.max(1, tokens.length()), 1);
        }
        Arrays.setAll(positions, i -> i % length);
        inputs.put(Signature.IDS, ids);
        if (signature.mask()) {
            inputs.put(Signature.MASK, mask);
        }
        if (signature.types()) {
            inputs.put(Signature.TYPES, types);
        }
        if (signature.positions()) {
            inputs.put(Signature.POSITIONS, positions);
        }
        return inputs;
    }

    private OnnxTensor tensor(long[] rows, int texts, int length) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(rows), new long[] {texts, length});
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("Could not close the model: " + e.getMessage(), e);
        }
    }
}
