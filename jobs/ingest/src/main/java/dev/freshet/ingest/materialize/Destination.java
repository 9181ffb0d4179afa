package dev.freshet.ingest.materialize;

import org.jspecify.annotations.Nullable;

/**
 * Which indices a write is for.
 *
 * @param searched whether it is for those that are searched
 * @param generation the one that is being built, when it is for that as well, or alone
 */
public record Destination(boolean searched, @Nullable String generation) {
    /** The indices that are searched, and no other. */
    public static final Destination SEARCHED = new Destination(true, null);

    static Destination both(String generation) {
        return new Destination(true, generation);
    }

    static Destination only(String generation) {
        return new Destination(false, generation);
    }
}
