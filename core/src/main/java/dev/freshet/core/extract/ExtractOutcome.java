package dev.freshet.core.extract;

import org.jspecify.annotations.Nullable;

/** What extraction gave. */
public sealed interface ExtractOutcome {
    /**
     * The text.
     *
     * @param text in the form of {@link dev.freshet.core.text.CanonicalText}
     * @param contentType of the text, such as {@code text/markdown}
     * @param title as the document states it; null where it states none
     */
    record Extracted(
            String text, String contentType, @Nullable String title) implements ExtractOutcome {}

    /**
     * No text can be had of this content.
     *
     * @param reason a stable code
     * @param message the reason in words, for a person; never document text
     */
    record Refused(String reason, String message) implements ExtractOutcome {}
}
