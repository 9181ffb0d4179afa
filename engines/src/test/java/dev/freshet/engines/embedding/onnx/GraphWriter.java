package dev.freshet.engines.embedding.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes an ONNX file, field by field; the numbers are those of {@code onnx.proto}. */
public final class GraphWriter {
    private static final int IR_VERSION = 8;
    private static final int OPERATORS = 13;
    private static final int EXTERNAL = 1;

    private final ProtobufWriter graph = new ProtobufWriter().text(2, "tiny");

    /** An input, whose dimensions are -1 where they vary. */
    public GraphWriter input(String name, int type, long... shape) {
        graph.message(11, value(name, type, shape));
        return this;
    }

    public GraphWriter output(String name, int type, long... shape) {
        graph.message(12, value(name, type, shape));
        return this;
    }

    public GraphWriter node(String operator, String output, List<String> inputs, ProtobufWriter... attributes) {
        ProtobufWriter node = new ProtobufWriter();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operator);
        for (ProtobufWriter attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
        return this;
    }

    static ProtobufWriter integer(String name, long value) {
        return new ProtobufWriter().text(1, name).number(3, value).number(20, 2);
    }

    static ProtobufWriter integers(String name, long... values) {
        ProtobufWriter attribute = new ProtobufWriter().text(1, name).number(20, 7);
        for (long value : values) {
            attribute.number(8, value);
        }
        return attribute;
    }

    public GraphWriter floats(String name, float[] values, long... shape) {
        graph.message(5, tensor(name, TensorType.FLOAT, shape).bytes(9, bytes(values)));
        return this;
    }

    public GraphWriter integers64(String name, long[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        graph.message(5, tensor(name, TensorType.INT64, shape).bytes(9, bytes.array()));
        return this;
    }

    /** Weights that are all of a file beside the graph. */
    public GraphWriter floatsIn(String file, String name, long... shape) {
        graph.message(
                5,
                tensor(name, TensorType.FLOAT, shape)
                        .message(13, new ProtobufWriter().text(1, "location").text(2, file))
                        .number(14, EXTERNAL));
        return this;
    }

    static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    public byte[] toByteArray() {
        return new ProtobufWriter()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new ProtobufWriter().text(1, "").number(2, OPERATORS))
                .toByteArray();
    }

    private static ProtobufWriter tensor(String name, int type, long... shape) {
        ProtobufWriter tensor = new ProtobufWriter();
        for (long dimension : shape) {
            tensor.number(1, dimension);
        }
        return tensor.number(2, type).text(8, name);
    }

    private static ProtobufWriter value(String name, int type, long... shape) {
        ProtobufWriter dimensions = new ProtobufWriter();
        for (long dimension : shape) {
            ProtobufWriter one = new ProtobufWriter();
            dimensions.message(1, dimension < 0 ? one.text(2, "varies") : one.number(1, dimension));
        }
        ProtobufWriter tensor = new ProtobufWriter().number(1, type).message(2, dimensions);
        return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
    }
}
