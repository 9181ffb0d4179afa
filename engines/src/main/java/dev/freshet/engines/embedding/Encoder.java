package dev.freshet.engines.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.freshet.engines.embedding.onnx.EncoderFailure;
import dev.freshet.engines.embedding.onnx.GraphCall;
import dev.freshet.engines.embedding.onnx.OnnxGraph;
import dev.freshet.engines.embedding.onnx.Pooling;
import dev.freshet.engines.embedding.onnx.Sessions;
import dev.freshet.engines.embedding.onnx.Signature;
import dev.freshet.engines.embedding.onnx.Tokens;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A transformer encoder: the tokens of texts in, their vectors out. Every call runs on its caller's thread.
 *
 * <p>Whether texts may share a call is for the caller to know. The built-in models, and all others that are quantised
 * dynamically, scale activations by the range found in the call: there, a text's vector would depend on its
 * neighbours, and a call takes one text.
 */
final class Encoder implements AutoCloseable {
    private final GraphCall graph;
    private final Signature signature;
    private final Pooling pooling;

    /** @param padding the token that fills up shorter texts */
    Encoder(OrtSession session, Signature signature, Pooling pooling, long padding) {
        this.graph = new GraphCall(session, signature, padding);
        this.signature = signature;
        this.pooling = pooling;
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
        List<Tokens> tokens = texts.stream().map(Tokens::of).toList();
        return graph.run(tokens, output -> directions(output, texts, GraphCall.length(tokens)));
    }

    /**
     * Encodes the tokens of one text, with a graph that gives vectors of tokens.
     *
     * @param ids its tokens, special tokens included
     * @return their vectors, one after the other
     */
    float[] tokenVectors(long[] ids) {
        return graph.run(
                List.of(Tokens.of(ids)), output -> output.getFloatBuffer().array());
    }

    /** The direction of the text with these token vectors, as {@link #encode(long[])} says. */
    float[] pooled(float[] tokenVectors, int dimension) {
        return pooling.pool(tokenVectors, 0, tokenVectors.length, dimension);
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

    @Override
    public void close() {
        graph.close();
    }
}
