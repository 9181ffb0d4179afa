package dev.freshet.engines.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.freshet.engines.embedding.onnx.OnnxGraph;
import dev.freshet.engines.embedding.onnx.Pooling;
import dev.freshet.engines.embedding.onnx.Sessions;
import dev.freshet.engines.embedding.onnx.Signature;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A transformer encoder: the tokens of texts in, their vectors out. Every call runs on its caller's thread.
 *
 * <p>Whether texts may share a call is for the caller to know. The built-in models, and all others that are quantised
 * dynamically, scale activations by the range found in the call: there, a text's vector would depend on its
 * neighbours, and a call takes one text. Elsewhere shorter texts are filled up to the longest of the call, and a mask keeps
 * what they were filled with away from them.
 */
final class Encoder implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Signature signature;
    private final Pooling pooling;
    private final long padding;

    /** @param padding the token that fills up shorter texts */
    Encoder(OrtSession session, Signature signature, Pooling pooling, long padding) {
        this.session = session;
        this.signature = signature;
        this.pooling = pooling;
        this.padding = padding;
    }

    /** Opens one of the built-in models. */
    static Encoder open(byte[] graph, Pooling pooling) {
        List<String> problems = new ArrayList<>();
        Signature signature = Signature.of(OnnxGraph.read(ByteBuffer.wrap(graph)), false, problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Could not open the encoder: " + String.join("; ", problems));
        }
        try {
            return new Encoder(Sessions.open(graph), signature, pooling, 0);
        } catch (OrtException e) {
            throw new IllegalStateException("Could not open the encoder: " + e.getMessage(), e);
        }
    }

    /**
     * Encodes one text.
     *
     * @param ids its tokens, special tokens included
     * @return its direction; of any length, and zero or not finite when the model is broken
     */
    float[] encode(long[] ids) {
        return encode(List.of(ids)).getFirst();
    }

    /**
     * Encodes texts in one call.
     *
     * @param texts of each its tokens, special tokens included; at least one
     * @return of each its direction, as {@link #encode(long[])} says
     */
    List<float[]> encode(List<long[]> texts) {
        int length =
                Math.max(1, texts.stream().mapToInt(ids -> ids.length).max().orElseThrow());
        return run(texts, length, output -> directions(output, texts, length));
    }

    /**
     * Encodes the tokens of one text, with a graph that gives vectors of tokens.
     *
     * @param ids its tokens, special tokens included
     * @return their vectors, one after the other
     */
    float[] tokenVectors(long[] ids) {
        return run(
                List.of(ids),
                Math.max(1, ids.length),
                output -> output.getFloatBuffer().array());
    }

    /** The direction of the text with these token vectors, as {@link #encode(long[])} says. */
    float[] pooled(float[] tokenVectors, int dimension) {
        return pooling.pool(tokenVectors, 0, tokenVectors.length, dimension);
    }

    private <T> T run(List<long[]> texts, int length, Function<OnnxTensor, T> read) {
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

    private Map<String, long[]> inputs(List<long[]> texts, int length) {
        Map<String, long[]> inputs = new HashMap<>();
        long[] ids = new long[texts.size() * length];
        long[] mask = new long[ids.length];
        long[] positions = new long[ids.length];
        Arrays.fill(ids, padding);
        for (int text = 0; text < texts.size(); text++) {
            long[] tokens = texts.get(text);
            System.arraycopy(tokens, 0, ids, text * length, tokens.length);
            // A text without any token is read as one that is padding.
            Arrays.fill(mask, text * length, text * length + Math.max(1, tokens.length), 1);
        }
        Arrays.setAll(positions, i -> i % length);
        inputs.put(Signature.IDS, ids);
        if (signature.mask()) {
            inputs.put(Signature.MASK, mask);
        }
        if (signature.types()) {
            inputs.put(Signature.TYPES, new long[ids.length]);
        }
        if (signature.positions()) {
            inputs.put(Signature.POSITIONS, positions);
        }
        return inputs;
    }

    private List<float[]> directions(OnnxTensor output, List<long[]> texts, int length) {
        long[] shape = output.getInfo().getShape();
        int dimension = (int) shape[shape.length - 1];
        int textLength = signature.wholeTexts() ? dimension : length * dimension;
        float[] vectors = output.getFloatBuffer().array();
        if (vectors.length != texts.size() * textLength) {
            throw new EncoderFailure("its output has the shape " + Arrays.toString(shape));
        }
        List<float[]> directions = new ArrayList<>(texts.size());
        for (int text = 0; text < texts.size(); text++) {
            int from = text * textLength;
            int tokens = signature.wholeTexts() ? 1 : Math.max(1, texts.get(text).length);
            directions.add(pooling.pool(vectors, from, from + tokens * dimension, dimension));
        }
        return directions;
    }

    private OnnxTensor tensor(long[] rows, int texts, int length) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(rows), new long[] {texts, length});
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
