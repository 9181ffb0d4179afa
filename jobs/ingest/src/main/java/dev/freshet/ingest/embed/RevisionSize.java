package dev.freshet.ingest.embed;

import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;

/** Estimates how many bytes a revision has in memory, with the vectors that are made for it. */
final class RevisionSize {
    private static final int AROUND = 500;
    private static final int PLACEMENT = 200;
    private static final int VECTOR = 4_096;

    private RevisionSize() {}

    /** @param bytesOfToken what is kept of the vector of a token */
    static long of(Revision revision, int bytesOfToken) {
        long size = AROUND + (long) PLACEMENT * revision.manifest().size();
        for (NewChunk chunk : revision.added()) {
            // The text as it is stored, and as it is embedded.
            size += VECTOR + 2L * chunk.text().length() + (long) bytesOfToken * chunk.tokens();
        }
        return size;
    }
}
