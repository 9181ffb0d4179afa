package dev.freshet.local.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.local.process.Leftovers;
import dev.freshet.local.process.Memory;
import dev.freshet.local.stack.DiskSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code status} tells.
 *
 * @param phase stopped, starting, running, failed or orphaned (the supervisor died, processes are left)
 * @param healthy whether everything does its work
 * @param message what is wrong, for people
 * @param home folder of state and logs
 * @param urls addresses by what they are for
 * @param supervisor the supervisor; null when there is none
 * @param processes the supervised processes
 * @param memoryMb resident memory of all processes in 10^6 bytes
 * @param job the ingest job; null when the stack runs without it
 * @param account what became of the records that the job read; null when the API does not tell
 * @param embedding what embedding cost since the job started; null when Flink does not tell
 */
record StatusReport(
        String phase,
        boolean healthy,
        String message,
        String home,
        Map<String, String> urls,
        @Nullable Supervisor supervisor,
        List<Line> processes,
        long memoryMb,
        @Nullable JobLine job,
        @Nullable AccountLine account,
        @Nullable EmbeddingLine embedding) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * The supervisor.
     *
     * @param pid its id
     * @param memoryMb its resident memory
     */
    record Supervisor(long pid, long memoryMb) {}

    /**
     * One process.
     *
     * @param name name in commands
     * @param title name for people
     * @param state what it does
     * @param pid its id or -1
     * @param port its main port or 0
     * @param restarts how often it had to be started again
     * @param memoryMb its resident memory
     * @param message why it is not healthy
     * @param log its log file
     */
    record Line(
            String name,
            String title,
            String state,
            long pid,
            int port,
            int restarts,
            long memoryMb,
            String message,
            String log) {}

    static StatusReport of(Path home) {
        Optional<StackState> state = StackState.read(home);
        Optional<ProcessHandle> process = RunningStack.supervisor(home);
        if (process.isEmpty() || state.isEmpty()) {
            return withoutSupervisor(home, state);
        }
        StackState found = state.get();
        List<Line> lines = found.processes().stream().map(StatusReport::line).toList();
        Supervisor supervisor =
                new Supervisor(process.get().pid(), megabytes(process.get().pid()));
        long memory =
                supervisor.memoryMb() + lines.stream().mapToLong(Line::memoryMb).sum();
        return new StatusReport(
                found.phase(),
                found.healthy(),
                found.message().isEmpty() ? diskShortage(home) : found.message(),
                home.toString(),
                urls(found),
                supervisor,
                lines,
                memory,
                JobLine.of(found),
                AccountLine.of(found),
                EmbeddingLine.of(found));
    }

    private static String diskShortage(Path home) {
        try {
            return DiskSpace.shortage(home).orElse("");
        } catch (IOException e) {
            return "cannot read the disk of " + home + ": " + e.getMessage();
        }
    }

    private static StatusReport withoutSupervisor(Path home, Optional<StackState> state) {
        List<String> left = Leftovers.alive(home.resolve("run"));
        boolean failed =
                state.map(found -> found.phase().equals(StackState.FAILED)).orElse(false);
        String phase = !left.isEmpty() ? "orphaned" : failed ? "failed" : "stopped";
        String message = !left.isEmpty()
                ? "the supervisor died and left " + String.join(", ", left) + ". Run: freshet up, or freshet down"
                : state.map(StackState::message).orElse("");
        return new StatusReport(phase, false, message, home.toString(), Map.of(), null, List.of(), 0, null, null, null);
    }

    private static Line line(StackState.Entry entry) {
        return new Line(
                entry.name(),
                entry.title(),
                entry.state(),
                entry.pid(),
                entry.port(),
                entry.restarts(),
                megabytes(entry.pid()),
                entry.message(),
                entry.log());
    }

    private static Map<String, String> urls(StackState state) {
        Map<String, String> urls = new TreeMap<>();
        for (StackState.Entry entry : state.processes()) {
            switch (entry.name()) {
                case "api" ->
                    urls.put("api", RunningStack.loopback(entry.port()).toString());
                case "jobmanager" ->
                    urls.put("flink", RunningStack.loopback(entry.port()).toString());
                case "opensearch" ->
                    urls.put("opensearch", RunningStack.loopback(entry.port()).toString());
                case "kafka" -> urls.put("kafka", "127.0.0.1:" + entry.port());
                default -> {}
            }
        }
        return urls;
    }

    private static long megabytes(long pid) {
        return pid < 0 ? 0 : Memory.resident(pid).orElse(0) / 1_000_000;
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
