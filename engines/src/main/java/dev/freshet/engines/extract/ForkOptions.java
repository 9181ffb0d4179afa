package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractLimits;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The processes that parse, and what one document may cost.
 *
 * @param processes at most, and documents that are parsed at the same time
 * @param megabytes of heap of each; the process takes about 100 more
 * @param ocr how images are read; null where they are not
 */
public record ForkOptions(
        int processes,
        int megabytes,
        ExtractLimits limits,
        @Nullable OcrOptions ocr) implements Serializable {
    public static final ForkOptions DEFAULT = new ForkOptions(1, 256, ExtractLimits.DEFAULT, OcrOptions.DEFAULT);

    public ForkOptions {
        if (processes < 1 || megabytes < 32) {
            throw new IllegalArgumentException("it takes 1 process and 32 megabytes at least");
        }
    }
}
