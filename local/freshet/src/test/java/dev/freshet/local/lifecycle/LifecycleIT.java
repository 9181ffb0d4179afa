package dev.freshet.local.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.process.Leftovers;
import dev.freshet.local.stack.Ports;
import dev.freshet.local.stack.Project;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person runs them, on the smallest stack: OpenSearch alone. */
class LifecycleIT {

    private record Result(int status, String out, String err) {}

    @TempDir
    private Path home;

    private final Project project = Project.around(Path.of(""));
    private final Ports ports = Ports.free();

    @AfterEach
    void down() throws Exception {
        freshet("down");
        assertThat(Leftovers.alive(home.resolve("run"))).isEmpty();
    }

    @Test
    void upStatusDownAndNothingIsLeft() throws Exception {
        assertThat(up().status()).isZero();
        assertThat(up().out()).as("it runs already").startsWith("Freshet is up");

        Result status = freshet("status", "--json");
        assertThat(status.status()).isZero();
        JsonNode report = new ObjectMapper().readTree(status.out());
        assertThat(report.path("healthy").asBoolean()).isTrue();
        assertThat(report.path("urls").path("opensearch").asText()).isEqualTo("http://127.0.0.1:" + ports.openSearch());
        JsonNode process = report.path("processes").path(0);
        assertThat(process.path("memory_mb").asLong()).isPositive();

        assertThat(freshet("down").out()).startsWith("Freshet is down");
        assertThat(runs(process)).isFalse();
        assertThat(runs(report.path("supervisor"))).isFalse();
        assertThat(freshet("status").status()).isEqualTo(1);
    }

    @Test
    void downStopsWhatAKilledSupervisorLeft() throws Exception {
        assertThat(up().status()).isZero();
        ProcessHandle supervisor = RunningStack.supervisor(home).orElseThrow();
        supervisor.destroyForcibly();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> RunningStack.supervisor(home).isEmpty());

        assertThat(freshet("status").out()).contains("orphaned").contains("left opensearch");
        assertThat(freshet("down").out()).startsWith("Freshet is down");
        assertThat(freshet("status").out()).startsWith("Freshet is stopped");
    }

    @Test
    void aBusyPortIsOneClearLine() throws Exception {
        try (ServerSocket busy = new ServerSocket(ports.openSearch(), 1, InetAddress.getLoopbackAddress())) {
            Result result = up();
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err())
                    .isEqualTo("freshet: port " + busy.getLocalPort() + " (OpenSearch) is used by another process. "
                            + "Stop that process or choose another port with --opensearch-port\n");
        }
    }

    @Test
    void aProcessThatDiesAtTheStartIsExplainedByTheEndOfItsLog() throws Exception {
        // A file where OpenSearch wants a folder.
        Files.createDirectories(home.resolve("opensearch"));
        Files.createFile(home.resolve("opensearch/data"));
        Result result = up();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("freshet: OpenSearch ended with status 1 before it was ready")
                .contains(home.resolve("logs/opensearch.log").toString())
                .contains("OpenSearch did not start");
    }

    /** A process that ended but was not collected yet has no program any more. */
    private static boolean runs(JsonNode process) {
        return ProcessHandle.of(process.path("pid").asLong())
                .flatMap(found -> found.info().command())
                .isPresent();
    }

    private Result up() throws Exception {
        return freshet("up", "--without=kafka,flink,api,job", "--opensearch-port=" + ports.openSearch());
    }

    private Result freshet(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Dfreshet.project=" + project.root(),
                "-cp",
                project.stagedClassPath("local/freshet", home.resolve("test-lib")),
                "dev.freshet.local.Freshet"));
        command.addAll(List.of(arguments));
        command.add("--home=" + home);
        Path out = home.resolve("out.txt");
        Path err = home.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
