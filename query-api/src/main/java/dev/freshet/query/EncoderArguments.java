package dev.freshet.query;

import dev.freshet.engines.embedding.onnx.OnnxOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments of {@code --embedder onnx}: those of the ingest job that matter for queries. */
final class EncoderArguments {
    @Option(
            names = "--embedder-model-path",
            description =
                    "Of --embedder onnx: the encoder's folder, with model.onnx and tokenizer.json, or one of its ONNX files.")
    private @Nullable String path;

    @Option(
            names = "--embedder-pooling",
            description = "Of --embedder onnx: as the ingest job has it (default: as the encoder's files say).")
    private @Nullable String pooling;

    @Option(
            names = "--embedder-max-tokens",
            defaultValue = "0",
            description = "Of --embedder onnx: as the ingest job has it (default: as the encoder's files say).")
    private int maxTokens;

    @Option(
            names = "--embedder-device",
            defaultValue = OnnxOptions.AUTO_DEVICE,
            description = "Of --embedder onnx: auto, cpu or cuda (default: ${DEFAULT-VALUE}).")
    private String device = OnnxOptions.AUTO_DEVICE;

    /** Null where no argument speaks of an encoder's files. */
    @Nullable
    OnnxOptions settings(@Nullable String queryPrefix, @Nullable String passagePrefix) {
        return path == null ? null : new OnnxOptions(path, pooling, queryPrefix, passagePrefix, maxTokens, device, 0);
    }
}
