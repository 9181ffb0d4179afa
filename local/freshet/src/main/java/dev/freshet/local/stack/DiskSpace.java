package dev.freshet.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Room for the logs of Kafka, the segments of OpenSearch and the checkpoints of Flink. */
public final class DiskSpace {

    private static final long NEEDED_BYTES = 1024L * 1024 * 1024;

    private DiskSpace() {}

    /** What is wrong with the disk of a folder, for people; empty when there is room. */
    public static Optional<String> shortage(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        return free >= NEEDED_BYTES
                ? Optional.empty()
                : Optional.of("The disk of " + folder + " is full: " + (free >> 20) + " MiB are free, "
                        + (NEEDED_BYTES >> 20) + " MiB are needed.");
    }
}
