package dev.freshet.engines.embedding.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * The type of a tensor in an ONNX file.
 *
 * @param elements the type of its elements, as ONNX numbers them; 0 for what is no tensor
 * @param shape its dimensions, -1 where they vary; empty where the file does not tell
 */
record TensorType(int elements, List<Long> shape) {
    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int FLOAT16 = 10;
    static final int BFLOAT16 = 16;

    private static final long VARIES = -1;

    static TensorType read(ProtobufReader type) {
        TensorType read = new TensorType(0, List.of());
        for (int field = type.next(); field != 0; field = type.next()) {
            if (field == 1) {
                read = tensor(type.message());
            } else {
                type.skip();
            }
        }
        return read;
    }

    private static TensorType tensor(ProtobufReader tensor) {
        int elements = 0;
        List<Long> shape = List.of();
        for (int field = tensor.next(); field != 0; field = tensor.next()) {
            switch (field) {
                case 1 -> elements = (int) tensor.number();
                case 2 -> shape = shape(tensor.message());
                default -> tensor.skip();
            }
        }
        return new TensorType(elements, shape);
    }

    private static List<Long> shape(ProtobufReader shape) {
        List<Long> dimensions = new ArrayList<>();
        for (int field = shape.next(); field != 0; field = shape.next()) {
            if (field == 1) {
                dimensions.add(dimension(shape.message()));
            } else {
                shape.skip();
            }
        }
        return dimensions;
    }

    private static long dimension(ProtobufReader dimension) {
        long value = VARIES;
        for (int field = dimension.next(); field != 0; field = dimension.next()) {
            if (field == 1) {
                value = dimension.number();
            } else {
                dimension.skip();
            }
        }
        return value;
    }
}
