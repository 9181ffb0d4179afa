package dev.freshet.engines.embedding.onnx;

import dev.freshet.engines.embedding.onnx.OnnxGraph.Value;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a model's graph is called.
 *
 * @param mask whether it takes a mask of the tokens that are padding; without one, texts cannot share a call
 * @param types whether it takes token types
 * @param positions whether it takes positions
 * @param output that holds the vectors or scores
 * @param wholeTexts whether these are of texts, not of tokens
 * @param severalTexts whether it takes more than one text in a call
 */
public record Signature(
        boolean mask, boolean types, boolean positions, String output, boolean wholeTexts, boolean severalTexts) {
    public static final String IDS = "input_ids";
    public static final String MASK = "attention_mask";
    public static final String TYPES = "token_type_ids";
    public static final String POSITIONS = "position_ids";

    private static final Set<String> GIVEN = Set.of(IDS, MASK, TYPES, POSITIONS);
    private static final String TEXT_OUTPUT = "sentence_embedding";
    private static final String SCORE_OUTPUT = "logits";
    private static final List<String> TOKEN_OUTPUTS = List.of("last_hidden_state", "token_embeddings");
    private static final Set<Integer> FLOATS = Set.of(TensorType.FLOAT, TensorType.FLOAT16, TensorType.BFLOAT16);
    private static final int TEXTS_AXIS = 0;
    private static final int TOKENS_AXIS = 1;
    private static final int LABELS_AXIS = 1;

    /** Whether a graph gives vectors of whole texts. */
    static boolean givesWholeTexts(OnnxGraph graph) {
        return output(graph, TEXT_OUTPUT) != null;
    }

    /**
     * How to call a graph.
     *
     * @param wholeTexts whether its vectors of whole texts are wanted
     * @param problems gets everything that stands against it
     */
    public static Signature of(OnnxGraph graph, boolean wholeTexts, List<String> problems) {
        Set<String> inputs = graph.inputs().stream().map(Value::name).collect(Collectors.toSet());
        checkInputs(graph, inputs, problems);
        Value output = wholeTexts ? output(graph, TEXT_OUTPUT) : tokenOutput(graph);
        if (output == null) {
            problems.add("the graph gives no %s, only %s: export the encoder without a head, for feature extraction"
                    .formatted(wholeTexts ? TEXT_OUTPUT : String.join(" or ", TOKEN_OUTPUTS), names(graph.outputs())));
        } else if (!FLOATS.contains(output.type())) {
            problems.add("the output %s is not of floats of 32 or 16 bits".formatted(output.name()));
        }
        return with(inputs, output, wholeTexts, graph);
    }

    /**
     * How to call a graph that scores pairs of texts.
     *
     * @param problems gets everything that stands against it
     */
    public static Signature ofScores(OnnxGraph graph, List<String> problems) {
        Set<String> inputs = graph.inputs().stream().map(Value::name).collect(Collectors.toSet());
        checkInputs(graph, inputs, problems);
        Value output = graph.outputs().size() == 1 ? graph.outputs().getFirst() : output(graph, SCORE_OUTPUT);
        if (output == null) {
            problems.add("the graph gives no %s, only %s: export the model for the classification of sequences"
                    .formatted(SCORE_OUTPUT, names(graph.outputs())));
        } else if (!FLOATS.contains(output.type())) {
            problems.add("the output %s is not of floats of 32 or 16 bits".formatted(output.name()));
        } else if (output.shape().size() > 2 || dimension(output, LABELS_AXIS) > 2) {
            problems.add("the output %s has the shape %s: a reranker gives one number for a pair, or two"
                    .formatted(output.name(), output.shape()));
        }
        return with(inputs, output, true, graph);
    }

    private static Signature with(Set<String> inputs, @Nullable Value output, boolean wholeTexts, OnnxGraph graph) {
        return new Signature(
                inputs.contains(MASK),
                inputs.contains(TYPES),
                inputs.contains(POSITIONS),
                output == null ? "" : output.name(),
                wholeTexts,
                graph.inputs().stream().allMatch(input -> dimension(input, TEXTS_AXIS) < 0));
    }

    private static void checkInputs(OnnxGraph graph, Set<String> inputs, List<String> problems) {
        if (!inputs.contains(IDS)) {
            problems.add(
                    "the graph is no encoder of texts: it takes no %s, but %s".formatted(IDS, names(graph.inputs())));
            return;
        }
        List<Value> unknown = graph.inputs().stream()
                .filter(input -> !GIVEN.contains(input.name()))
                .toList();
        if (!unknown.isEmpty()) {
            problems.add("the graph takes %s, which is not known here (known: %s)"
                    .formatted(names(unknown), GIVEN.stream().sorted().collect(Collectors.joining(", "))));
        }
        for (Value input : graph.inputs()) {
            if (!GIVEN.contains(input.name())) {
                continue;
            }
            if (input.type() != TensorType.INT64) {
                problems.add("the input %s is not of integers of 64 bits".formatted(input.name()));
            }
            if (dimension(input, TOKENS_AXIS) >= 0) {
                problems.add("the input %s takes texts of exactly %d tokens: export with a dynamic length"
                        .formatted(input.name(), dimension(input, TOKENS_AXIS)));
            }
            if (dimension(input, TEXTS_AXIS) > 1) {
                problems.add("the input %s takes exactly %d texts at a time: export with a dynamic batch"
                        .formatted(input.name(), dimension(input, TEXTS_AXIS)));
            }
        }
    }

    private static long dimension(Value value, int axis) {
        return axis < value.shape().size() ? value.shape().get(axis) : -1;
    }

    private static @Nullable Value tokenOutput(OnnxGraph graph) {
        for (String name : TOKEN_OUTPUTS) {
            Value output = output(graph, name);
            if (output != null) {
                return output;
            }
        }
        return null;
    }

    private static @Nullable Value output(OnnxGraph graph, String name) {
        return graph.outputs().stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String names(List<Value> values) {
        return values.isEmpty() ? "nothing" : values.stream().map(Value::name).collect(Collectors.joining(", "));
    }
}
