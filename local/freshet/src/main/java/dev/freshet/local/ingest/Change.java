package dev.freshet.local.ingest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One record for the documents topic.
 *
 * @param key tenant/document; null for input that names no document and will be dead-lettered
 * @param value the envelope in JSON, or the input as it came
 */
record Change(@Nullable String key, String value) {
    private static final int MOST_BYTES_OF_A_CHARACTER = 3;

    /** The size of the value in UTF-8; for a small one, a bound above it. */
    long bytes() {
        long bound = (long) value.length() * MOST_BYTES_OF_A_CHARACTER;
        return bound <= DocumentFiles.LARGEST ? bound : value.getBytes(StandardCharsets.UTF_8).length;
    }
}
