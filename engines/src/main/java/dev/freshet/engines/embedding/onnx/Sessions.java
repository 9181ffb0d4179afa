package dev.freshet.engines.embedding.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;

/** Opens sessions of ONNX Runtime, whose callers are the threads: one call, one core. */
public final class Sessions {
    private Sessions() {}

    /** Of a graph that is in memory, on the processor. */
    public static OrtSession open(byte[] graph) throws OrtException {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = options(Device.CPU)) {
            return environment.createSession(graph, options);
        }
    }

    /**
     * Of a graph in a file, which may have its weights beside it.
     *
     * @throws OrtException when the runtime cannot open it on the processor, or not on the GPU that is insisted on
     * @throws IllegalStateException when the GPU is insisted on, and this runtime knows none
     */
    public static Chosen<OrtSession> open(Path graph, Device device) throws OrtException {
        OrtEnvironment environment = environment();
        return DeviceChoice.open(device, OrtEnvironment.getAvailableProviders(), chosen -> {
            try (OrtSession.SessionOptions options = options(chosen)) {
                return environment.createSession(graph.toString(), options);
            }
        });
    }

    private static OrtEnvironment environment() throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        return environment;
    }

    private static OrtSession.SessionOptions options(Device device) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        // Recorded patterns pay when shapes repeat; here every text has its own length.
        options.setMemoryPatternOptimization(false);
        if (device == Device.CUDA) {
            options.addCUDA();
        }
        return options;
    }
}
