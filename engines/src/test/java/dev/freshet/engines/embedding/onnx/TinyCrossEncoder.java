package dev.freshet.engines.embedding.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cross-encoder of 32 bit floats that is made up here, with its tokenizer: a pair's score is the sum of the weights of the query's tokens,
 * each as often as the passage has it.
 */
public final class TinyCrossEncoder {
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");
    private static final String WORDS =
            "the choir sings a song pump raises water from well every and of while it which what pressure in pipe";
    private static final int NUMBERED_WORDS = 100;
    private static final List<String> VOCABULARY = vocabulary();
    private static final long VARIES = -1;

    private final List<String> inputs = new ArrayList<>(List.of(Signature.IDS, Signature.MASK, Signature.TYPES));
    private int known = VOCABULARY.size();
    private int logits = 1;
    private int declaredLogits = 1;
    private boolean heedsMask = true;
    private boolean broken;
    private long pairs = VARIES;
    private String output = "logits";

    /** Special tokens, some English words, and {@code w0} to {@code w99}. */
    private static List<String> vocabulary() {
        List<String> words = new ArrayList<>(SPECIAL);
        words.addAll(List.of(WORDS.split(" ", -1)));
        for (int i = 0; i < NUMBERED_WORDS; i++) {
            words.add("w" + i);
        }
        return words;
    }

    public TinyCrossEncoder without(String input) {
        inputs.remove(input);
        return this;
    }

    public TinyCrossEncoder with(String input) {
        inputs.add(input);
        return this;
    }

    /** With two, the last is above the first by the score. */
    public TinyCrossEncoder logits(int count) {
        return logits(count, count);
    }

    /** Its file says that it gives so many logits, or with -1 any number. */
    public TinyCrossEncoder logits(int count, int declared) {
        logits = count;
        declaredLogits = declared;
        return this;
    }

    /** It knows fewer tokens than its tokenizer gives. */
    public TinyCrossEncoder knowing(int tokens) {
        known = tokens;
        return this;
    }

    /** What is padding counts. */
    public TinyCrossEncoder deafToTheMask() {
        heedsMask = false;
        return this;
    }

    /** No score is a number. */
    public TinyCrossEncoder broken() {
        broken = true;
        return this;
    }

    public TinyCrossEncoder ofOnePair() {
        pairs = 1;
        return this;
    }

    public TinyCrossEncoder giving(String name) {
        output = name;
        return this;
    }

    /** Writes {@code model.onnx} and {@code tokenizer.json}. */
    public Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("model.onnx"), graph());
            Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] graph() {
        GraphWriter graph = new GraphWriter();
        inputs.forEach(input -> graph.input(input, TensorType.INT64, pairs, VARIES));
        graph.floats("weights", weights(), known)
                .floats("half", new float[] {-0.5f}, 1)
                .floats("far_below", new float[] {-1e9f}, 1)
                .integers64("axis1", new long[] {1}, 1)
                .integers64("axis2", new long[] {2}, 1)
                .integers64("both_axes", new long[] {1, 2}, 2);
        sides(graph);
        graph.node("Unsqueeze", "columns", List.of(Signature.IDS, "axis2"))
                .node("Unsqueeze", "rows", List.of(Signature.IDS, "axis1"))
                .node("Equal", "same", List.of("columns", "rows"))
                .node("Cast", "equal", List.of("same"), GraphWriter.integer("to", TensorType.FLOAT))
                .node("Gather", "weight", List.of("weights", Signature.IDS))
                .node("Mul", "weighted", List.of("weight", "first"))
                .node("Unsqueeze", "of_query", List.of("weighted", "axis2"))
                .node("Unsqueeze", "of_passage", List.of("second", "axis1"))
                .node("Mul", "met", List.of("equal", "of_query"))
                .node("Mul", "met_there", List.of("met", "of_passage"))
                .node("ReduceSum", "sums", List.of("met_there", "both_axes"), GraphWriter.integer("keepdims", 0))
                .node("Unsqueeze", "sum", List.of("sums", "axis1"))
                .node("ReduceSum", "all", List.of("weight", "axis1"))
                .node("Add", "sum_of_all", List.of("sum", "all"))
                .node("Sqrt", "no_number", List.of("far_below"))
                .node("Add", "sum_of_none", List.of("sum", "no_number"));
        String score = broken ? "sum_of_none" : heedsMask ? "sum" : "sum_of_all";
        graph.node("Mul", "below", List.of(score, "half")).node("Add", "above", List.of(score, "below"));
        switch (logits) {
            case 1 -> graph.node("Identity", output, List.of(score));
            case 2 -> graph.node("Concat", output, List.of("below", "above"), GraphWriter.integer("axis", 1));
            default -> graph.node("Concat", output, List.of("below", "above", score), GraphWriter.integer("axis", 1));
        }
        return graph.output(output, TensorType.FLOAT, pairs, declaredLogits).toByteArray();
    }

    /** Which tokens are of the query, and which of the passage. */
    private void sides(GraphWriter graph) {
        boolean types = inputs.contains(Signature.TYPES);
        if (inputs.contains(Signature.MASK)) {
            graph.node("Cast", "mask", List.of(Signature.MASK), GraphWriter.integer("to", TensorType.FLOAT));
        } else {
            graph.node("Equal", "itself", List.of(Signature.IDS, Signature.IDS))
                    .node("Cast", "mask", List.of("itself"), GraphWriter.integer("to", TensorType.FLOAT));
        }
        if (!types) {
            graph.node("Identity", "first", List.of("mask")).node("Identity", "second", List.of("mask"));
            return;
        }
        graph.node("Cast", "type", List.of(Signature.TYPES), GraphWriter.integer("to", TensorType.FLOAT))
                .node("Mul", "second", List.of("type", "mask"))
                .node("Sub", "first", List.of("mask", "second"));
    }

    private float[] weights() {
        float[] weights = new float[known];
        for (int token = 0; token < known; token++) {
            weights[token] = token < SPECIAL.size() ? 0.01f * (token + 1) : 1 + 0.001f * token;
        }
        return weights;
    }

    /** Its {@code tokenizer.json}. */
    public static String tokenizer() {
        return tokenizer("");
    }

    /**
     * Its {@code tokenizer.json}.
     *
     * @param padding what that says of padding, as JSON; empty for nothing
     */
    public static String tokenizer(String padding) {
        StringBuilder added = new StringBuilder();
        StringBuilder vocabulary = new StringBuilder();
        for (int id = 0; id < VOCABULARY.size(); id++) {
            vocabulary.append("%s\"%s\": %d".formatted(id == 0 ? "" : ", ", VOCABULARY.get(id), id));
            if (id < SPECIAL.size()) {
                added.append(
                        "%s{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false, \"special\": true}"
                                .formatted(id == 0 ? "" : ", ", id, VOCABULARY.get(id)));
            }
        }
        return """
                {"version": "1.0", "truncation": null, "padding": %s, "added_tokens": [%s],
                 "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": {"type": "TemplateProcessing",
                  "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                             {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                  "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                           {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                           {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
                  "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                                     "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
                 "decoder": null, "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {%s}}}
                """.formatted(padding.isEmpty() ? "null" : padding, added, vocabulary);
    }
}
