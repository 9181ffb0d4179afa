package dev.freshet.engines.embedding.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An encoder of 32 bit floats that is made up here: every token has a random vector, every token looks at all others that the mask
 * leaves it. Texts that share words are near to each other.
 */
public final class TinyEncoder {
    public static final int DIMENSION = 32;
    /** As many as the tokenizer of MiniLM knows. */
    private static final int VOCABULARY = 30_522;

    private static final int POSITIONS = 600;
    private static final long VARIES = -1;

    private final List<String> inputs = new ArrayList<>(List.of(Signature.IDS, Signature.MASK));
    private final List<String> outputs = new ArrayList<>(List.of("last_hidden_state"));
    private int vocabulary = VOCABULARY;
    private int positions = POSITIONS;
    private String external = "";
    private long texts = VARIES;
    private long tokens = VARIES;
    private int inputType = TensorType.INT64;
    private boolean heedsMask = true;

    public TinyEncoder with(String input) {
        inputs.add(input);
        return this;
    }

    public TinyEncoder without(String input) {
        inputs.remove(input);
        heedsMask &= !input.equals(Signature.MASK);
        return this;
    }

    /** It takes a mask, and does as if there were none. */
    public TinyEncoder deafToTheMask() {
        heedsMask = false;
        return this;
    }

    public TinyEncoder giving(String... names) {
        outputs.clear();
        outputs.addAll(List.of(names));
        return this;
    }

    public TinyEncoder vocabulary(int size) {
        vocabulary = size;
        return this;
    }

    /** It looks up a position for each token, and has so many of them. */
    public TinyEncoder positions(int most) {
        positions = most;
        return with(Signature.POSITIONS);
    }

    /** Its token vectors lie in a file beside it. */
    public TinyEncoder external(String file) {
        external = file;
        return this;
    }

    public TinyEncoder fixed(long textsOfACall, long tokensOfAText) {
        texts = textsOfACall;
        tokens = tokensOfAText;
        return this;
    }

    public TinyEncoder inputType(int type) {
        inputType = type;
        return this;
    }

    public Path write(Path file) throws IOException {
        if (!external.isEmpty()) {
            Files.write(file.resolveSibling(external), GraphWriter.bytes(random(vocabulary * DIMENSION)));
        }
        return Files.write(file, toByteArray());
    }

    public byte[] toByteArray() {
        GraphWriter graph = new GraphWriter();
        inputs.forEach(input -> graph.input(input, inputType, texts, tokens));
        weights(graph);
        graph.node("Gather", "words", List.of("table", Signature.IDS));
        String read = "words";
        if (inputs.contains(Signature.POSITIONS)) {
            graph.node("Gather", "places", List.of("places_table", Signature.POSITIONS))
                    .node("Add", "placed", List.of("words", "places"));
            read = "placed";
        }
        graph.node("Transpose", "columns", List.of(read), GraphWriter.integers("perm", 0, 2, 1))
                .node("MatMul", "likeness", List.of(read, "columns"));
        graph.node(
                        "Softmax",
                        "weights",
                        List.of(heedsMask ? masked(graph) : "likeness"),
                        GraphWriter.integer("axis", -1))
                .node("MatMul", "looked_at", List.of("weights", read))
                .node("Add", "token_vectors", List.of(read, "looked_at"));
        for (String output : outputs) {
            if (output.equals("sentence_embedding")) {
                graph.node(
                                "ReduceMax",
                                output,
                                List.of("token_vectors"),
                                GraphWriter.integers("axes", 1),
                                GraphWriter.integer("keepdims", 0))
                        .output(output, TensorType.FLOAT, texts, DIMENSION);
            } else {
                graph.node("Identity", output, List.of("token_vectors"))
                        .output(output, TensorType.FLOAT, texts, tokens, DIMENSION);
            }
        }
        return graph.toByteArray();
    }

    private void weights(GraphWriter graph) {
        if (external.isEmpty()) {
            graph.floats("table", random(vocabulary * DIMENSION), vocabulary, DIMENSION);
        } else {
            graph.floatsIn(external, "table", vocabulary, DIMENSION);
        }
        if (inputs.contains(Signature.POSITIONS)) {
            graph.floats("places_table", random(positions * DIMENSION), positions, DIMENSION);
        }
    }

    /** What is padding gets next to no weight. */
    private static String masked(GraphWriter graph) {
        graph.floats("one", new float[] {1}, 1)
                .floats("far", new float[] {10_000}, 1)
                .integers64("second_axis", new long[] {1}, 1)
                .node("Cast", "mask", List.of(Signature.MASK), GraphWriter.integer("to", TensorType.FLOAT))
                .node("Sub", "minus", List.of("mask", "one"))
                .node("Mul", "bias", List.of("minus", "far"))
                .node("Unsqueeze", "row", List.of("bias", "second_axis"))
                .node("Add", "masked_likeness", List.of("likeness", "row"));
        return "masked_likeness";
    }

    private static float[] random(int count) {
        Random random = new Random(7);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            // Small enough for tokens to look at others than themselves.
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        return values;
    }
}
