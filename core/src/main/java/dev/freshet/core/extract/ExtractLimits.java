package dev.freshet.core.extract;

import java.io.Serializable;
import java.time.Duration;

/**
 * What one document may cost.
 *
 * @param time for a document, once its turn has come
 * @param bytes of the content as it comes
 * @param unpackedBytes that it may become when all that is packed in it is unpacked
 * @param text its text, in UTF-16 code units
 * @param depth how deep parts of messages may lie in each other, and elements in elements a hundred times that
 */
public record ExtractLimits(Duration time, int bytes, long unpackedBytes, int text, int depth) implements Serializable {
    public static final ExtractLimits DEFAULT =
            new ExtractLimits(Duration.ofSeconds(60), 20 << 20, 200L << 20, 10 << 20, 10);

    public ExtractLimits {
        if (time.toMillis() < 1 || bytes < 1 || unpackedBytes < 1 || text < 1 || depth < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
