package dev.freshet.engines.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.engines.embedding.onnx.OnnxGraph.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxGraphTest {
    private static final byte[] TINY =
            new TinyEncoder().vocabulary(4).positions(4).toByteArray();

    @Test
    void inputsAndOutputsAreReadWithTypeAndShape() {
        OnnxGraph graph = read(TINY);

        assertThat(graph.inputs())
                .containsExactly(
                        new Value("input_ids", TensorType.INT64, List.of(-1L, -1L)),
                        new Value("attention_mask", TensorType.INT64, List.of(-1L, -1L)),
                        new Value("position_ids", TensorType.INT64, List.of(-1L, -1L)));
        assertThat(graph.outputs())
                .containsExactly(new Value("last_hidden_state", TensorType.FLOAT, List.of(-1L, -1L, 32L)));
        assertThat(graph.operators()).contains("Gather", "Softmax", "MatMul");
        assertThat(graph.externalFiles()).isEmpty();
    }

    @Test
    void weightsAreNoInputsThoughOldFilesListThemThere() {
        byte[] old = new GraphWriter()
                .input("input_ids", TensorType.INT64, -1, -1)
                .input("table", TensorType.FLOAT, 1)
                .floats("table", new float[] {1}, 1)
                .output("last_hidden_state", TensorType.FLOAT, -1)
                .toByteArray();

        assertThat(read(old).inputs()).extracting(Value::name).containsExactly("input_ids");
    }

    @Test
    void weightsInOtherFilesAreFound() {
        byte[] bytes = new TinyEncoder().external("table.bin").toByteArray();

        assertThat(read(bytes).externalFiles()).containsExactly("table.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DynamicQuantizeLinear", "MatMulInteger", "ConvInteger", "DynamicQuantizeMatMul"})
    void whatScalesByTheCallIsSeenWhereverItIs(String operator) {
        ProtobufWriter node = new ProtobufWriter().text(1, "a").text(2, "b").text(4, operator);
        ProtobufWriter inner = new ProtobufWriter().message(1, node);
        ProtobufWriter branch = new ProtobufWriter().text(1, "then_branch").message(6, inner);
        byte[] inABranch = graph().node("If", "c", List.of("a"), branch).toByteArray();
        ProtobufWriter function = new ProtobufWriter().text(1, "f").message(7, node);
        byte[] inAFunction = concatenated(graph().toByteArray(), new ProtobufWriter().message(25, function));

        assertThat(read(graph().node(operator, "b", List.of("a")).toByteArray()).scalesByCall())
                .isTrue();
        assertThat(read(inABranch).scalesByCall()).isTrue();
        assertThat(read(inAFunction).scalesByCall()).isTrue();
        assertThat(read(graph().toByteArray()).scalesByCall()).isFalse();
    }

    @Test
    void namesOfWeightsAreNotTakenForOperators() {
        byte[] bytes =
                graph().floats("DynamicQuantizeLinear", new float[] {1}, 1).toByteArray();

        assertThat(read(bytes).scalesByCall()).isFalse();
    }

    @Test
    void whatIsNoGraphIsRefused() {
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void damagedFilesAreRefusedOrReadAndNothingElse(
            @ForAll @IntRange(max = 5_000) int cut, @ForAll @IntRange(max = 5_000) int place, @ForAll byte value) {
        byte[] damaged = new byte[Math.min(TINY.length, cut)];
        System.arraycopy(TINY, 0, damaged, 0, damaged.length);
        if (place < damaged.length) {
            damaged[place] = value;
        }

        try {
            assertThat(read(damaged).inputs()).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).isNotNull();
        }
    }

    private static GraphWriter graph() {
        return new GraphWriter().input("a", TensorType.FLOAT, 1).output("b", TensorType.FLOAT, 1);
    }

    private static byte[] concatenated(byte[] first, ProtobufWriter second) {
        return ByteBuffer.allocate(first.length + second.toByteArray().length)
                .put(first)
                .put(second.toByteArray())
                .array();
    }

    private static OnnxGraph read(byte[] bytes) {
        return OnnxGraph.read(ByteBuffer.wrap(bytes));
    }
}
