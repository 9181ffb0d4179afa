package dev.freshet.local.stack;

import dev.freshet.local.flink.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The checkpoints that the ingest job may continue from: the newest that could be read so far. */
final class RestorePoints {

    private final Path folder;
    private final Set<Path> unreadable = new HashSet<>();

    /** @param folder holds one folder of checkpoints per job */
    RestorePoints(Path folder) {
        this.folder = folder;
    }

    /** The newest checkpoint not known to be unreadable; empty when there is none at all. */
    Optional<Path> newest() throws IOException, NoneReadableException {
        List<Path> all = Checkpoints.newestFirst(folder);
        Optional<Path> newest =
                all.stream().filter(path -> !unreadable.contains(path)).findFirst();
        if (newest.isEmpty() && !all.isEmpty()) {
            throw new NoneReadableException(
                    ("none of the %d checkpoints in %s can be read. The index is as it was. To build the state"
                                    + " again from the start of the documents topic, move that folder away and start again: texts"
                                    + " are embedded again")
                            .formatted(all.size(), folder));
        }
        return newest;
    }

    /** Whether there is any checkpoint, readable or not. */
    boolean exist() throws IOException {
        return !Checkpoints.newestFirst(folder).isEmpty();
    }

    /** Says that a checkpoint could not be read. */
    void unreadable(Path checkpoint) {
        unreadable.add(checkpoint);
    }

    /** There are checkpoints, but the job can continue from none of them. */
    static final class NoneReadableException extends Exception {
        private static final long serialVersionUID = 1;

        NoneReadableException(String message) {
            super(message);
        }
    }
}
