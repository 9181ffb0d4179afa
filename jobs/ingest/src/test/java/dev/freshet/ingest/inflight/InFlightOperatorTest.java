package dev.freshet.ingest.inflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Elements are written {@code key:name}. */
@Timeout(60)
class InFlightOperatorTest {
    private static final Map<String, Work> WORK = new ConcurrentHashMap<>();

    /** What has begun, and what the test lets end. */
    private static final class Work {
        final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
        final Map<String, CompletableFuture<String>> ends = new ConcurrentHashMap<>();

        CompletableFuture<String> begin(String element) {
            begun.add(element);
            return end(element);
        }

        CompletableFuture<String> end(String element) {
            return ends.computeIfAbsent(element, ignored -> new CompletableFuture<>());
        }

        void done(String element) {
            end(element).complete(element + "!");
        }
    }

    private static final class Stage extends InFlightFunction<String, String, String> {
        private static final long serialVersionUID = 1L;

        private final String work;
        private final boolean oneAtATime;

        Stage(String work, boolean oneAtATime) {
            this.work = work;
            this.oneAtATime = oneAtATime;
        }

        @Override
        public long bytes(String element) {
            return element.length();
        }

        @Override
        public CompletableFuture<String> begin(String element) {
            return work(work).begin(element);
        }

        @Override
        public void end(String element, String result, Collector<String> out) {
            out.collect(result);
        }

        @Override
        public boolean oneAtATime() {
            return oneAtATime;
        }

        @Override
        public boolean isBehindAll(String element) {
            return element.endsWith("last");
        }

        @Override
        public void endBehindAll(String element, Collector<String> out) {
            out.collect(element);
        }
    }

    private final String name = UUID.randomUUID().toString();
    private final Work work = work(name);

    @Test
    void elementsOfAKeyLeaveInOrderAndDoNotWaitForOtherKeys() throws Exception {
        try (var stage = open(false)) {
            stage.element("a:1");
            stage.element("a:2");
            stage.element("b:1");
            assertThat(work.begun).containsExactly("a:1", "a:2", "b:1");

            work.done("a:2");
            work.done("b:1");
            assertThat(stage.awaitOutput(1)).containsExactly("b:1!");

            work.done("a:1");
            assertThat(stage.awaitOutput(3)).containsExactly("b:1!", "a:1!", "a:2!");
        }
    }

    @Test
    void whereOneGoesAtATimeTheNextOfAKeyBeginsWhenTheOneBeforeItHasEnded() throws Exception {
        try (var stage = open(true)) {
            stage.element("a:1");
            stage.element("a:2");
            stage.element("b:1");
            assertThat(work.begun).containsExactly("a:1", "b:1");

            work.done("a:2");
            work.done("a:1");

            assertThat(stage.awaitOutput(2)).containsExactly("a:1!", "a:2!");
        }
    }

    @Test
    void whatIsBehindAllAndAWatermarkWaitForAllBeforeThem() throws Exception {
        try (var stage = open(false)) {
            stage.element("a:1");
            stage.element("b:last");
            stage.watermark(new Watermark(7));
            stage.element("b:1");
            work.done("b:1");
            assertThat(stage.awaitOutput(1)).containsExactly("b:1!");
            assertThat(stage.watermarks()).isEmpty();

            work.done("a:1");

            assertThat(stage.awaitOutput(3)).containsExactly("b:1!", "a:1!", "b:last");
            assertThat(stage.watermarks()).containsExactly(new Watermark(7));
        }
    }

    @Test
    void whatIsInFlightGoesWhereItsKeyGoesInItsOrder() throws Exception {
        OperatorSubtaskState checkpoint;
        List<String> elements = new ArrayList<>();
        try (var stage = open(false)) {
            for (int i = 0; i < 10; i++) {
                elements.add("k" + i % 4 + ":" + i);
                stage.element(elements.getLast());
            }
            checkpoint = stage.snapshot(1);
        }

        work.begun.clear();
        List<List<String>> begun = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            try (var restored = restore(checkpoint, 3, subtask)) {
                assertThat(restored.output()).isEmpty();
                begun.add(List.copyOf(work.begun));
                work.begun.clear();
            }
        }

        assertThat(begun.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(elements);
        for (int key = 0; key < 4; key++) {
            String prefix = "k" + key + ":";
            List<String> ofKey =
                    elements.stream().filter(e -> e.startsWith(prefix)).toList();
            assertThat(begun)
                    .as("one subtask has all of key %d, in order", key)
                    .anySatisfy(of -> assertThat(of.stream().filter(e -> e.startsWith(prefix)))
                            .containsExactlyElementsOf(ofKey));
        }
    }

    @Test
    void whatHasEndedIsInNoLaterCheckpoint() throws Exception {
        OperatorSubtaskState second;
        try (var stage = open(false)) {
            stage.element("a:1");
            stage.element("b:1");
            stage.snapshot(1);
            work.done("a:1");
            stage.awaitOutput(1);
            second = stage.snapshot(2);
        }

        work.begun.clear();
        try (var restored = restore(second, 1, 0)) {
            assertThat(work.begun).containsExactly("b:1");
            OperatorSubtaskState third;
            work.done("b:1");
            assertThat(restored.awaitOutput(1)).containsExactly("b:1!");
            third = restored.snapshot(3);
            work.begun.clear();
            try (var last = restore(third, 1, 0)) {
                assertThat(last.output()).isEmpty();
                assertThat(work.begun).isEmpty();
            }
        }
    }

    @Test
    void moreThanTheLimitsWaitsUntilSomethingHasLeft() throws Exception {
        try (var stage = open(false, new InFlightLimits(2, 1_000))) {
            stage.element("a:1");
            stage.element("b:1");
            endsSoon("a:1");

            stage.element("c:1");

            assertThat(stage.output()).containsExactly("a:1!");
        }
    }

    @Test
    void moreThanTheBytesWaitsUntilSomethingHasLeft() throws Exception {
        try (var stage = open(false, new InFlightLimits(10, 7))) {
            stage.element("a:1");
            stage.element("b:1");
            endsSoon("b:1");

            stage.element("c:1");

            assertThat(stage.output()).containsExactly("b:1!");
            assertThat(work.begun).containsExactly("a:1", "b:1", "c:1");
        }
    }

    @Test
    void theEndOfTheInputWaitsForAll() throws Exception {
        try (var stage = open(true)) {
            stage.element("a:1");
            stage.element("a:2");
            work.done("a:2");
            endsSoon("a:1");

            stage.endInput();

            assertThat(stage.output()).containsExactly("a:1!", "a:2!");
        }
    }

    @Test
    void aFailureEndsTheAttempt() throws Exception {
        try (var stage = open(false)) {
            stage.element("a:1");
            work.end("a:1").completeExceptionally(new IllegalStateException("broken by the test"));

            assertThatThrownBy(() -> stage.awaitOutput(1)).hasRootCauseMessage("broken by the test");
        }
    }

    /** On another thread, while the task's thread waits. */
    private void endsSoon(String element) {
        Thread.ofVirtual().start(() -> work.done(element));
    }

    private InFlightHarness<String, String> open(boolean oneAtATime) throws Exception {
        return open(oneAtATime, new InFlightLimits(20, 1_000));
    }

    private InFlightHarness<String, String> open(boolean oneAtATime, InFlightLimits limits) throws Exception {
        return InFlightHarness.open(new Stage(name, oneAtATime), limits, String.class, InFlightOperatorTest::key);
    }

    private InFlightHarness<String, String> restore(OperatorSubtaskState state, int subtasks, int subtask)
            throws Exception {
        return InFlightHarness.restore(
                state, new Stage(name, false), String.class, InFlightOperatorTest::key, subtasks, subtask);
    }

    private static String key(String element) {
        return element.substring(0, element.indexOf(':'));
    }

    private static Work work(String name) {
        return WORK.computeIfAbsent(name, ignored -> new Work());
    }
}
