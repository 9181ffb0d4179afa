package dev.freshet.local.dlq;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; a part that is null does not matter.
 *
 * @param resolvedToo also those that somebody dealt with
 */
record LetterFilter(
        @Nullable String stage,
        @Nullable String reason,
        @Nullable String tenant,
        boolean resolvedToo) {
    boolean matches(DeadLetter letter, Resolution.@Nullable Action resolution) {
        return (resolvedToo || resolution == null)
                && (stage == null || stage.equals(letter.stage()))
                && (reason == null || reason.equals(letter.reason()))
                && (tenant == null || tenant.equals(letter.tenant()));
    }
}
