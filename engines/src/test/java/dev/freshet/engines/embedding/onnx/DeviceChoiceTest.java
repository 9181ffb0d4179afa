package dev.freshet.engines.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DeviceChoiceTest {
    private static final Set<OrtProvider> WITH_GPU = Set.of(OrtProvider.CPU, OrtProvider.CUDA);
    private static final Set<OrtProvider> WITHOUT_GPU = Set.of(OrtProvider.CPU);

    private final List<Device> tried = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"AUTO", "CUDA"})
    void theGpuIsTakenWhereItOpens(Device wanted) throws Exception {
        assertThat(open(wanted, WITH_GPU, true)).isEqualTo(new Chosen<>("session", Device.CUDA));
        assertThat(tried).containsExactly(Device.CUDA);
    }

    @Test
    void theProcessorIsTakenWhereTheGpuIsOnlyWelcomeAndDoesNotOpen() throws Exception {
        assertThat(open(Device.AUTO, WITH_GPU, false)).isEqualTo(new Chosen<>("session", Device.CPU));
        assertThat(tried).containsExactly(Device.CUDA, Device.CPU);
    }

    @Test
    void theGpuIsNotTriedWhereTheRuntimeKnowsNoneOrNobodyWantsIt() throws Exception {
        open(Device.AUTO, WITHOUT_GPU, true);
        open(Device.CPU, WITH_GPU, true);

        assertThat(tried).containsExactly(Device.CPU, Device.CPU);
    }

    @Test
    void whoInsistsOnTheGpuGetsNothingElse() {
        assertThatThrownBy(() -> open(Device.CUDA, WITH_GPU, false)).isInstanceOf(OrtException.class);
        assertThatThrownBy(() -> open(Device.CUDA, WITHOUT_GPU, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("--embedder-device cuda", "onnxruntime_gpu");
        assertThat(tried).containsExactly(Device.CUDA);
    }

    private Chosen<String> open(Device wanted, Set<OrtProvider> available, boolean gpuOpens) throws OrtException {
        return DeviceChoice.open(wanted, available, device -> {
            tried.add(device);
            if (device == Device.CUDA && !gpuOpens) {
                throw new OrtException("no driver");
            }
            return "session";
        });
    }
}
