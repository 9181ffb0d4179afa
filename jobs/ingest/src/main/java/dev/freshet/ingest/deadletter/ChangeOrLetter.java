package dev.freshet.ingest.deadletter;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import org.jspecify.annotations.Nullable;

/**
 * A change with what a stage added to it, or the dead letter that it became.
 *
 * @param change null where there is a dead letter
 */
public record ChangeOrLetter(
        @Nullable DocumentChange change, @Nullable DeadLetter refused) {}
