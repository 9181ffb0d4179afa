package dev.freshet.ingest;

import dev.freshet.engines.embedding.onnx.OnnxOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code --embedder onnx}. */
final class EncoderOptions {
    @Option(
            names = "--embedder-model-path",
            description =
                    "Of --embedder onnx: the encoder's folder, with model.onnx and tokenizer.json, or one of its ONNX files;"
                            + " at this path on every TaskManager. The query API must use the same model, under the same name.")
    @Nullable
    String path;

    @Option(
            names = "--embedder-pooling",
            description =
                    "Of --embedder onnx: how token vectors become one: mean, cls, last, max, or none where the graph"
                            + " gives sentence_embedding. By default as its files say. The query API must use the same.")
    @Nullable
    String pooling;

    @Option(
            names = "--embedder-max-tokens",
            defaultValue = "0",
            description =
                    "Of --embedder onnx: what the model reads of a text; 0: as its files say, 512 at most. The query API"
                            + " must use the same. Default: ${DEFAULT-VALUE}")
    int maxTokens;

    @Option(
            names = "--embedder-device",
            defaultValue = OnnxOptions.AUTO_DEVICE,
            description =
                    "Of --embedder onnx: cpu, cuda, or auto, which takes the GPU where onnxruntime_gpu is on Flink's class"
                            + " path and can open it. Default: ${DEFAULT-VALUE}")
    String device = OnnxOptions.AUTO_DEVICE;

    @Option(
            names = "--embedder-batch-tokens",
            defaultValue = "0",
            description =
                    "Of --embedder onnx: most tokens of a call, padding included; 0: 512 on the processor, 8192 on the GPU."
                            + " A model that is quantised dynamically gets one text at a time. Default: ${DEFAULT-VALUE}")
    int batchTokens;

    /** Null where no option speaks of an encoder's files. */
    @Nullable
    OnnxOptions settings(@Nullable String queryPrefix, @Nullable String passagePrefix) {
        return path == null
                ? null
                : new OnnxOptions(path, pooling, queryPrefix, passagePrefix, maxTokens, device, batchTokens);
    }
}
