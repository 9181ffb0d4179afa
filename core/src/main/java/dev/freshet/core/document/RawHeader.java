package dev.freshet.core.document;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A header of a {@link RawRecord}. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record RawHeader(String name, byte @Nullable [] value) {
    @Nullable
    String text() {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
