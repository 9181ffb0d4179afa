package dev.freshet.engines.embedding.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What computes. */
public enum Device {
    /** The GPU where one can be opened, else the processor. */
    AUTO,
    CPU,
    /** The GPU, or nothing. */
    CUDA;

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names on the command line. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Device::label).toList();
    }
}
