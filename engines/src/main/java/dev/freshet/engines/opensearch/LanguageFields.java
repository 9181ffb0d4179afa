package dev.freshet.engines.opensearch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stub until the other branch is merged. */
final class LanguageFields {
    private LanguageFields() {}

    static @Nullable String of(@Nullable String language) {
        return null;
    }

    static List<String> languagesOf(@Nullable String language) {
        return List.of();
    }
}
