package dev.freshet.local.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

    @TempDir
    private Path folder;

    @Test
    void aBusyPortIsNamedTogetherWithTheOptionThatChangesIt() throws Exception {
        StackOptions options = StackOptions.forTests(folder, Component.OPENSEARCH);
        int port = options.ports().openSearch();
        try (ServerSocket busy = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Preflight.check(options))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("port " + busy.getLocalPort() + " (OpenSearch) is used by another process")
                    .hasMessageContaining("--opensearch-port");
        }
        Preflight.check(options);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        StackOptions options = StackOptions.forTests(file.resolve("home"), Component.OPENSEARCH);
        assertThatThrownBy(() -> Preflight.check(options))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("cannot write to " + file.resolve("home"))
                .hasMessageContaining("--home");
    }

    @Test
    void theIngestJobNeedsWhatItReadsFromAndWritesTo() {
        assertThatThrownBy(() -> StackOptions.wholeForTests(folder)
                        .withComponents(java.util.Set.of(Component.JOBMANAGER, Component.TASKMANAGER)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("needs OpenSearch, Kafka and Flink");
    }
}
