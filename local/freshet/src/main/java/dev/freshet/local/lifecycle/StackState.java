package dev.freshet.local.lifecycle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.local.stack.Ports;
import dev.freshet.local.stack.StackStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor tells the commands, through a file in the home folder.
 *
 * @param phase starting, running or failed; there is no file when nothing runs
 * @param message why it failed, for people
 * @param ports where the stack listens
 * @param processes the supervised processes
 * @param job the ingest job; null when the stack runs without it
 */
record StackState(
        String phase,
        String message,
        Ports ports,
        List<Entry> processes,
        @Nullable Job job) {

    static final String STARTING = "starting";
    static final String RUNNING = "running";
    static final String FAILED = "failed";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * One process.
     *
     * @param name the component's name in commands
     * @param title its name for people
     * @param state what it does
     * @param pid its id or -1
     * @param port its main port or 0
     * @param restarts how often it had to be started again
     * @param message why it is not healthy
     * @param log its log file
     */
    record Entry(
            String name, String title, String state, long pid, int port, int restarts, String message, String log) {
        boolean healthy() {
            return state.equals("healthy");
        }
    }

    /**
     * The ingest job.
     *
     * @param id Flink's id
     * @param state its state
     * @param message why it does not run
     */
    record Job(String id, String state, String message) {
        boolean healthy() {
            return state.equals("running");
        }
    }

    static StackState of(String phase, String message, Ports ports, StackStatus status) {
        List<Entry> entries = status.components().stream()
                .map(component -> new Entry(
                        component.component().id(),
                        component.component().title(),
                        component.state().name().toLowerCase(Locale.ROOT),
                        component.pid(),
                        ports.of(component.component()),
                        component.restarts(),
                        component.message(),
                        component.log().toString()))
                .toList();
        Job job = status.job()
                .map(found -> new Job(found.id(), found.state().toLowerCase(Locale.ROOT), found.message()))
                .orElse(null);
        return new StackState(phase, message, ports, entries, job);
    }

    /** Whether everything does its work. */
    boolean healthy() {
        return phase.equals(RUNNING) && processes.stream().allMatch(Entry::healthy) && (job == null || job.healthy());
    }

    static Path file(Path home) {
        return home.resolve("state.json");
    }

    /** Replaces the file in one step: a reader sees the old state or the new one. */
    void write(Path home) throws IOException {
        Path next = home.resolve("state.json.next");
        Files.write(next, JSON.writeValueAsBytes(this));
        Files.move(next, file(home), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Empty when nothing was started there, or the file is damaged. */
    static Optional<StackState> read(Path home) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(home)), StackState.class));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static void delete(Path home) throws IOException {
        Files.deleteIfExists(file(home));
    }
}
