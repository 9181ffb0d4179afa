package dev.freshet.core.extract;

import org.jspecify.annotations.Nullable;

/** Tells the language that a text is written in. Safe for concurrent use. */
@FunctionalInterface
public interface LanguageDetector {
    /** Knows no language. */
    LanguageDetector NONE = text -> null;

    /** The language as an ISO 639 code of two letters, or three where there is none of two; null when it is not certain. */
    @Nullable
    String detect(String text);
}
