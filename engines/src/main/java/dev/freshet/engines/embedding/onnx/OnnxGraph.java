package dev.freshet.engines.embedding.onnx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an ONNX file says of its graph, read without running anything. The numbers of the fields are those of {@code onnx.proto}
 * (ONNX, IR version 3 and later).
 *
 * @param inputs that a caller gives
 * @param outputs that a caller gets
 * @param operators the types of all its nodes, also of those inside other nodes and in functions
 * @param externalFiles with weights, as the graph names them: relative to its own folder
 */
public record OnnxGraph(List<Value> inputs, List<Value> outputs, Set<String> operators, Set<String> externalFiles) {
    /** Operators that scale by the range of all that is in the call, and those that read what others scaled so. */
    private static final Set<String> SCALE_BY_CALL = Set.of(
            "DynamicQuantizeLinear",
            "DynamicQuantizeMatMul",
            "DynamicQuantizeLSTM",
            "MatMulInteger",
            "MatMulIntegerToFloat",
            "ConvInteger");

    private static final int DEEPEST = 64;

    /**
     * An input or output.
     *
     * @param type of its elements, as ONNX numbers them
     * @param shape its dimensions, -1 where they vary; empty where the graph does not tell
     */
    public record Value(String name, int type, List<Long> shape) {}

    /**
     * Reads a graph.
     *
     * @throws IllegalArgumentException when this is no ONNX file
     */
    public static OnnxGraph read(ByteBuffer file) {
        Reading reading = new Reading();
        try {
            reading.model(new ProtobufReader(file));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("it ends too early", e);
        }
        if (reading.inputs.isEmpty() || reading.outputs.isEmpty()) {
            throw new IllegalArgumentException("it has no graph with inputs and outputs");
        }
        // Files of old versions list weights among the inputs.
        reading.inputs.removeIf(input -> reading.weights.contains(input.name()));
        return new OnnxGraph(
                List.copyOf(reading.inputs),
                List.copyOf(reading.outputs),
                Set.copyOf(reading.operators),
                Set.copyOf(reading.externalFiles));
    }

    /** Whether what the graph computes of a text depends on the other texts of the call. */
    public boolean scalesByCall() {
        return operators.stream().anyMatch(SCALE_BY_CALL::contains);
    }

    private static final class Reading {
        final List<Value> inputs = new ArrayList<>();
        final List<Value> outputs = new ArrayList<>();
        final Set<String> operators = new HashSet<>();
        final Set<String> externalFiles = new TreeSet<>();
        final Set<String> weights = new HashSet<>();

        void model(ProtobufReader model) {
            for (int field = model.next(); field != 0; field = model.next()) {
                switch (field) {
                    case 7 -> graph(model.message(), 0);
                    case 25 -> function(model.message());
                    default -> model.skip();
                }
            }
        }

        private void graph(ProtobufReader graph, int depth) {
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("its graphs are nested too deep");
            }
            for (int field = graph.next(); field != 0; field = graph.next()) {
                switch (field) {
                    case 1 -> node(graph.message(), depth);
                    case 5 -> weights.add(tensor(graph.message()));
                    case 11 -> value(graph, depth == 0 ? inputs : new ArrayList<>());
                    case 12 -> value(graph, depth == 0 ? outputs : new ArrayList<>());
                    default -> graph.skip();
                }
            }
        }

        private void function(ProtobufReader function) {
            for (int field = function.next(); field != 0; field = function.next()) {
                if (field == 7) {
                    node(function.message(), 0);
                } else {
                    function.skip();
                }
            }
        }

        private void node(ProtobufReader node, int depth) {
            for (int field = node.next(); field != 0; field = node.next()) {
                switch (field) {
                    case 4 -> operators.add(node.text());
                    case 5 -> attribute(node.message(), depth);
                    default -> node.skip();
                }
            }
        }

        private void attribute(ProtobufReader attribute, int depth) {
            for (int field = attribute.next(); field != 0; field = attribute.next()) {
                switch (field) {
                    case 5, 10 -> tensor(attribute.message());
                    case 6, 11 -> graph(attribute.message(), depth + 1);
                    default -> attribute.skip();
                }
            }
        }

        /** The name of a tensor. */
        private String tensor(ProtobufReader tensor) {
            String name = "";
            for (int field = tensor.next(); field != 0; field = tensor.next()) {
                switch (field) {
                    case 8 -> name = tensor.text();
                    case 13 -> externalData(tensor.message());
                    default -> tensor.skip();
                }
            }
            return name;
        }

        private void externalData(ProtobufReader entry) {
            String key = "";
            String value = "";
            for (int field = entry.next(); field != 0; field = entry.next()) {
                switch (field) {
                    case 1 -> key = entry.text();
                    case 2 -> value = entry.text();
                    default -> entry.skip();
                }
            }
            if (key.equals("location")) {
                externalFiles.add(value);
            }
        }

        private static void value(ProtobufReader graph, List<Value> values) {
            ProtobufReader info = graph.message();
            String name = "";
            TensorType type = new TensorType(0, List.of());
            for (int field = info.next(); field != 0; field = info.next()) {
                switch (field) {
                    case 1 -> name = info.text();
                    case 2 -> type = TensorType.read(info.message());
                    default -> info.skip();
                }
            }
            values.add(new Value(name, type.elements(), type.shape()));
        }
    }
}
