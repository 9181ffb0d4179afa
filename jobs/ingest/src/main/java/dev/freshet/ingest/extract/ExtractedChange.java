package dev.freshet.ingest.extract;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import org.jspecify.annotations.Nullable;

/**
 * A change with its text, or the dead letter that it became.
 *
 * @param change null where there is a dead letter
 */
public record ExtractedChange(
        @Nullable DocumentChange change, @Nullable DeadLetter refused) {}
