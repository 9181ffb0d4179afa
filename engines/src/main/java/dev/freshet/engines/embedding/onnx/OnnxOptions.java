package dev.freshet.engines.embedding.onnx;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which exported encoder embeds, and how; what is null or 0 is as the files beside the encoder say.
 *
 * @param path of its folder or of its ONNX file, on every machine that embeds
 * @param pooling one of {@link Pooling}'s names
 * @param queryPrefix put before every query
 * @param passagePrefix put before every passage
 * @param maxTokens that it reads of a text, special tokens included
 * @param device one of {@link Device}'s labels
 * @param batchTokens most tokens of a call, padding included; 0 for what suits the device
 */
public record OnnxOptions(
        String path,
        @Nullable String pooling,
        @Nullable String queryPrefix,
        @Nullable String passagePrefix,
        int maxTokens,
        String device,
        int batchTokens)
        implements Serializable {
    public static final String AUTO_DEVICE = "auto";

    private static final int LONGEST_TEXT = 1 << 16;
    private static final int LARGEST_BATCH = 1 << 20;

    /** An encoder as its files describe it. */
    public static OnnxOptions at(String path) {
        return new OnnxOptions(path, null, null, null, 0, AUTO_DEVICE, 0);
    }

    /** Everything that is wrong, in the words of the command line, without a look at the files, which may lie on another machine. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        check(
                !path.isBlank(),
                "--embedder onnx needs --embedder-model-path, the folder or file of the encoder",
                problems);
        check(
                pooling == null || Pooling.names().contains(pooling),
                "--embedder-pooling must be one of " + String.join(", ", Pooling.names()),
                problems);
        check(
                maxTokens == 0 || (maxTokens >= 8 && maxTokens <= LONGEST_TEXT),
                "--embedder-max-tokens must be from 8 to %d, or 0".formatted(LONGEST_TEXT),
                problems);
        check(
                Device.labels().contains(device),
                "--embedder-device must be one of " + String.join(", ", Device.labels()),
                problems);
        check(
                batchTokens >= 0 && batchTokens <= LARGEST_BATCH,
                "--embedder-batch-tokens must be from 0 to " + LARGEST_BATCH,
                problems);
        return problems;
    }

    @Nullable
    Pooling wantedPooling() {
        return pooling == null ? null : Pooling.valueOf(pooling.toUpperCase(Locale.ROOT));
    }

    public Device wantedDevice() {
        return Device.valueOf(device.toUpperCase(Locale.ROOT));
    }

    /** What a person must mend before the encoder can be used. */
    public EmbedderMisconfiguredException refused(String... problems) {
        return new EmbedderMisconfiguredException(
                "--embedder-model-path %s cannot be used: %s".formatted(path, String.join("; ", problems)));
    }

    private static void check(boolean right, String problem, List<String> problems) {
        if (!right) {
            problems.add(problem);
        }
    }
}
