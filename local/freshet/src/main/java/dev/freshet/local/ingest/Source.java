package dev.freshet.local.ingest;

import java.io.IOException;

/** Something that changes can be read from, oldest first. */
interface Source {

    /** Takes changes; says false when it wants no more. */
    @FunctionalInterface
    interface Sink {
        boolean take(Change change) throws IOException, InterruptedException;
    }

    /** The number of changes to come, or -1 where only reading them would tell. */
    long expected();

    /** Files that were left out, known once {@link #read} is over. */
    default SkippedFiles skipped() {
        return SkippedFiles.NONE;
    }

    /** Hands over all changes, or as many as the sink wants. */
    void read(Sink sink) throws IOException, InterruptedException;
}
