package dev.freshet.ingest.embed;

import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;

/** Estimates how many tokens the model will read of a revision: all of its new chunks, each with title and headings. */
final class RevisionTokens {
    /** Where a text begins and ends. */
    private static final long AROUND = 2;

    private RevisionTokens() {}

    static long of(Revision revision) {
        long tokens = 0;
        for (NewChunk chunk : revision.added()) {
            tokens += AROUND + inContext(chunk);
        }
        return tokens;
    }

    /** A chunk's tokens are those of its own text; what is embedded before it has as many to a character. */
    private static long inContext(NewChunk chunk) {
        long text = Math.max(1, chunk.text().length());
        long before = chunk.title() == null ? 0 : chunk.title().length() + 1L;
        for (String heading : chunk.headingPath()) {
            before += heading.length() + 3L;
        }
        return Math.ceilDiv(chunk.tokens() * (text + before), text);
    }
}
