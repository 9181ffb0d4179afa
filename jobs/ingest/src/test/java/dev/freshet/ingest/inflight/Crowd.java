package dev.freshet.ingest.inflight;

import dev.freshet.core.document.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Elements that wait for a stage of one or more subtasks, which ends what the test lets end. The test's thread is that of every task.
 * An element is written {@code tenant/document:name:tokens}, of backfill with {@code :backfill}.
 */
final class Crowd implements AutoCloseable {
    private static final Map<String, Crowd> ALL = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private final InFlightLimits inFlight;
    private final WaitingLimits waiting;
    private final StateBackend backend;
    private final List<InFlightHarness<String, String>> subtasks = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    /** What has begun and has not ended, in the order of beginning, of this attempt. */
    final Map<String, CompletableFuture<String>> working = new ConcurrentHashMap<>();

    final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();

    /** Whether nothing that has begun will end before long. */
    boolean stalled;

    Crowd(InFlightLimits inFlight, WaitingLimits waiting) throws Exception {
        this(inFlight, waiting, new HashMapStateBackend());
    }

    Crowd(InFlightLimits inFlight, WaitingLimits waiting, StateBackend backend) throws Exception {
        this.inFlight = inFlight;
        this.backend = backend;
        this.waiting = waiting;
        ALL.put(name, this);
        start(1, null, 0);
    }

    private void start(int parallelism, @Nullable List<OperatorSubtaskState> states, long millis) throws Exception {
        begun.clear();
        working.clear();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            subtasks.add(InFlightHarness.start(
                    new Stage(name),
                    inFlight,
                    waiting,
                    String.class,
                    Crowd::key,
                    parallelism,
                    subtask,
                    states,
                    millis,
                    backend));
        }
    }

    void comes(String... elements) throws Exception {
        for (String element : elements) {
            subtask(key(element)).element(element);
        }
    }

    void watermark(long time) throws Exception {
        for (InFlightHarness<String, String> subtask : subtasks) {
            subtask.watermark(new Watermark(time));
        }
    }

    List<Watermark> watermarks() {
        return subtasks.stream()
                .flatMap(subtask -> subtask.watermarks().stream())
                .toList();
    }

    /** The work on it is done; what ends with it, ends, and what is due then begins. */
    void done(String element) throws Exception {
        complete(element);
        runMails();
    }

    /** As {@link #done}, on another thread, while that of the task waits. */
    void doneSoon(String element) {
        Thread.ofVirtual().start(() -> complete(element));
    }

    private void complete(String element) {
        CompletableFuture<String> work = working.remove(element);
        if (work == null) {
            throw new IllegalStateException(element + " has not begun; these have: " + working.keySet());
        }
        work.complete(element);
    }

    /** The work on the one that began first of those that work goes on on is done. */
    String nextDone() throws Exception {
        String next = begun.stream().filter(working::containsKey).findFirst().orElseThrow();
        begun.remove(next);
        done(next);
        return next;
    }

    private void runMails() throws Exception {
        for (InFlightHarness<String, String> subtask : subtasks) {
            subtask.runMails();
        }
    }

    void clock(long millis) throws Exception {
        for (InFlightHarness<String, String> subtask : subtasks) {
            subtask.clock(millis);
        }
    }

    /** Stops with a savepoint and goes on from it; what is in flight begins again. */
    void restart(int parallelism) throws Exception {
        restart(parallelism, 0);
    }

    /** At this time of the clock, in milliseconds since 1970. */
    void restart(int parallelism, long millis) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (InFlightHarness<String, String> subtask : subtasks) {
            states.add(subtask.snapshot(1));
        }
        stop();
        start(parallelism, states, millis);
    }

    void endInput() throws Exception {
        for (InFlightHarness<String, String> subtask : subtasks) {
            subtask.endInput();
        }
    }

    /** All that has come out, in all attempts; of one subtask, in its order. */
    List<String> ended() {
        List<String> all = new ArrayList<>(ended);
        subtasks.forEach(subtask -> all.addAll(subtask.output()));
        return all;
    }

    private void stop() throws Exception {
        for (InFlightHarness<String, String> subtask : subtasks) {
            ended.addAll(subtask.output());
            subtask.close();
        }
        subtasks.clear();
    }

    @Override
    public void close() throws Exception {
        stop();
        ALL.remove(name);
    }

    private InFlightHarness<String, String> subtask(String key) {
        return subtasks.get(
                KeyGroupRangeAssignment.assignKeyToParallelOperator(key, InFlightHarness.KEY_GROUPS, subtasks.size()));
    }

    static String key(String element) {
        return element.substring(0, element.indexOf(':'));
    }

    static String tenant(String element) {
        return element.substring(0, element.indexOf('/'));
    }

    static long tokens(String element) {
        return Long.parseLong(element.split(":", -1)[2]);
    }

    static long used(String element) {
        return element.contains(":remembered") ? 0 : tokens(element);
    }

    private static final class Stage extends InFlightFunction<String, String, String> {
        private static final long serialVersionUID = 1L;

        private final String crowd;

        Stage(String crowd) {
            this.crowd = crowd;
        }

        @Override
        public long bytes(String element) {
            return element.length();
        }

        @Override
        public Claim claim(String element) {
            boolean backfill = element.endsWith(":backfill");
            return new Claim(tenant(element), backfill ? Priority.BACKFILL : Priority.LIVE, tokens(element));
        }

        @Override
        public long used(String result) {
            return Crowd.used(result);
        }

        @Override
        public boolean isStalled() {
            return Objects.requireNonNull(ALL.get(crowd), "the crowd of the test").stalled;
        }

        @Override
        public CompletableFuture<String> begin(String element) {
            if (tokens(element) == 0) {
                return CompletableFuture.completedFuture(element);
            }
            Crowd of = Objects.requireNonNull(ALL.get(crowd), "the crowd of the test");
            CompletableFuture<String> work = new CompletableFuture<>();
            of.working.put(element, work);
            of.begun.add(element);
            return work;
        }

        @Override
        public void end(String element, String result, Collector<String> out) {
            out.collect(result);
        }

        @Override
        public boolean isBehindAll(String element) {
            return element.endsWith(":last");
        }

        @Override
        public void endBehindAll(String element, Collector<String> out) {
            out.collect(element);
        }
    }
}
