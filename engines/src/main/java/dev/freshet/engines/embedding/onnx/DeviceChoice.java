package dev.freshet.engines.embedding.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the device that an encoder runs on. */
final class DeviceChoice {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);

    private DeviceChoice() {}

    /** Opens something on a device. */
    interface Opening<T> {
        T open(Device device) throws OrtException;
    }

    /**
     * Opens something on the device that is wanted, and on the processor where the GPU is only welcome and cannot be opened.
     *
     * @param available what this runtime was built with
     * @throws OrtException when it cannot be opened
     * @throws IllegalStateException when the GPU is insisted on, and this runtime knows none
     */
    static <T> Chosen<T> open(Device wanted, Set<OrtProvider> available, Opening<T> opening) throws OrtException {
        boolean knowsGpus = available.contains(OrtProvider.CUDA);
        if (wanted == Device.CPU || (wanted == Device.AUTO && !knowsGpus)) {
            return new Chosen<>(opening.open(Device.CPU), Device.CPU);
        }
        if (!knowsGpus) {
            throw new IllegalStateException(
                    "--embedder-device cuda needs onnxruntime_gpu on the class path, in the place of"
                            + " onnxruntime; this one knows " + available);
        }
        try {
            return new Chosen<>(opening.open(Device.CUDA), Device.CUDA);
        } catch (OrtException e) {
            if (wanted == Device.CUDA) {
                throw e;
            }
            LOG.warn("Encoder was opened on the processor, since the GPU could not be: {}", e.getMessage());
            return new Chosen<>(opening.open(Device.CPU), Device.CPU);
        }
    }
}
