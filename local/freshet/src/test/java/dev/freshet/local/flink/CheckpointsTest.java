package dev.freshet.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    @TempDir
    private Path folder;

    @Test
    void theCompleteCheckpointsOfAllJobsCountTheNewestFirst() throws Exception {
        assertThat(Checkpoints.newestFirst(folder.resolve("none"))).isEmpty();
        Path older = complete("job-a/chk-9", 100);
        Path newest = complete("job-b/chk-2", 200);
        // No metadata: it never completed.
        Files.createDirectories(folder.resolve("job-b/chk-3"));
        assertThat(Checkpoints.newestFirst(folder)).containsExactly(newest, older);
    }

    private Path complete(String name, long second) throws Exception {
        Path checkpoint = Files.createDirectories(folder.resolve(name));
        Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.from(Instant.ofEpochSecond(second)));
        return checkpoint;
    }
}
