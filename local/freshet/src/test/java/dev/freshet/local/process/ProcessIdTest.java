package dev.freshet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdTest {

    @TempDir
    private Path folder;

    @Test
    void findsTheProcessThatItWasWrittenFor() throws Exception {
        Path file = folder.resolve("run/self.pid");
        ProcessId.of(ProcessHandle.current()).write(file);
        assertThat(ProcessId.read(file).flatMap(ProcessId::find)).contains(ProcessHandle.current());
    }

    @Test
    void doesNotTakeAnotherProcessWithTheSameIdForIt() {
        ProcessId self = ProcessId.of(ProcessHandle.current());
        ProcessId earlier = new ProcessId(self.pid(), self.started().minus(Duration.ofHours(1)));
        assertThat(earlier.find()).isEmpty();
    }

    @Test
    void ignoresDamagedFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("damaged.pid"), "12");
        assertThat(ProcessId.read(file)).isEmpty();
        assertThat(ProcessId.read(folder.resolve("missing.pid"))).isEmpty();
    }
}
