package dev.freshet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    @TempDir
    private Path folder;

    private Child child = new Child(new Launch(
            "idle", List.of("sleep", "60"), Map.of(), Path.of("."), Path.of("idle.log"), Path.of("idle.pid")));

    @AfterEach
    void stop() {
        child.kill();
    }

    @Test
    void stopsAProcessWhoseOwnerIsGone() throws Exception {
        Path pidFile = start();
        ProcessId process = ProcessId.read(pidFile).orElseThrow();
        assertThat(Leftovers.alive(folder)).containsExactly("idle");

        assertThat(Leftovers.stop(folder, Duration.ofSeconds(10))).containsExactly("idle");

        // The child is not asked: its parent learns of the end on a thread of its own, a moment after it.
        assertThat(process.find()).isEmpty();
        assertThat(pidFile).doesNotExist();
        assertThat(Leftovers.alive(folder)).isEmpty();
    }

    @Test
    void leavesAProcessAloneThatGotTheIdLater() throws Exception {
        Path pidFile = start();
        ProcessId actual = ProcessId.read(pidFile).orElseThrow();
        new ProcessId(actual.pid(), actual.started().minus(Duration.ofDays(1))).write(pidFile);

        assertThat(Leftovers.stop(folder, Duration.ofSeconds(10))).isEmpty();

        assertThat(child.alive()).isTrue();
        assertThat(pidFile).doesNotExist();
    }

    private Path start() throws Exception {
        Path pidFile = folder.resolve("idle.pid");
        child = new Child(
                new Launch("idle", List.of("sleep", "60"), Map.of(), folder, folder.resolve("idle.log"), pidFile));
        child.start();
        return pidFile;
    }
}
