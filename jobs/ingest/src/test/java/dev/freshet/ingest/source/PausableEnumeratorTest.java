package dev.freshet.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PausableEnumeratorTest {
    private static final NumberSequenceSplit SPLIT = new NumberSequenceSplit("split", 1, 9);

    private final RecordingEnumerator wrapped = new RecordingEnumerator();
    private final Coordinator coordinator = new Coordinator();
    private final Answers answers = new Answers();
    private final PausableEnumerator<NumberSequenceSplit, String> enumerator =
            new PausableEnumerator<>(wrapped, coordinator, () -> answers, Duration.ofSeconds(1));

    @Test
    void everyReaderIsToldWhenTheAnswerChangesAndOnlyThen() {
        start(0, 1);

        ask(false);
        ask(false);
        ask(true);
        ask(true);
        ask(false);

        assertThat(coordinator.told).containsExactly("0 read", "1 read", "0 pause", "1 pause", "0 read", "1 read");
    }

    @Test
    void aReaderThatRegistersIsToldWhatHoldsNow() {
        start();
        ask(true);

        register(3);

        assertThat(coordinator.told).containsExactly("3 pause");
        assertThat(wrapped.calls).contains("addReader 3");
    }

    @Test
    void aReaderThatRegistersBeforeTheFirstAnswerIsToldThen() {
        start(0);
        assertThat(coordinator.told).isEmpty();

        ask(true);

        assertThat(coordinator.told).containsExactly("0 pause");
    }

    @Test
    void theLastAnswerStandsWhileThereIsNone() {
        start(0);
        ask(true);

        fail();
        fail();
        register(1);
        ask(true);
        ask(false);

        assertThat(coordinator.told).containsExactly("0 pause", "1 pause", "0 read", "1 read");
    }

    @Test
    void nobodyIsToldAnythingWhereNothingIsKnownYet() {
        start(0);

        fail();
        register(1);

        assertThat(coordinator.told).isEmpty();
    }

    @Test
    void anAnswerThatComesAfterTheEndIsIgnored() throws Exception {
        start(0);

        enumerator.close();
        ask(true);

        assertThat(coordinator.told).isEmpty();
        assertThat(answers.closed).isTrue();
    }

    @Test
    void everythingElseIsLeftToTheEnumerator() throws Exception {
        enumerator.start();
        enumerator.handleSplitRequest(1, "host");
        enumerator.addSplitsBack(List.of(SPLIT), 1);
        enumerator.handleSourceEvent(1, new PausableReaderTest.Other());
        assertThat(enumerator.snapshotState(7)).isEqualTo("state 7");
        enumerator.notifyCheckpointComplete(7);
        enumerator.notifyCheckpointAborted(8);
        enumerator.close();

        assertThat(wrapped.calls)
                .containsExactly(
                        "start",
                        "handleSplitRequest 1 host",
                        "addSplitsBack [split] 1",
                        "handleSourceEvent 1 Other[]",
                        "complete 7",
                        "aborted 8",
                        "close");
    }

    private void start(int... readers) {
        enumerator.start();
        for (int reader : readers) {
            register(reader);
        }
    }

    private void register(int reader) {
        coordinator.readers.put(reader, new ReaderInfo(reader, "host"));
        enumerator.addReader(reader);
    }

    private void ask(boolean answer) {
        answers.next.add(answer);
        coordinator.ask();
    }

    private void fail() {
        coordinator.ask();
    }

    private static final class Answers implements PauseSignal {
        final Deque<Boolean> next = new ArrayDeque<>();
        boolean closed;

        @Override
        public boolean paused() throws IOException {
            if (next.isEmpty()) {
                throw new IOException("away");
            }
            return next.remove();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Asks what it was given to ask when the test says so. */
    private static final class Coordinator implements SplitEnumeratorContext<NumberSequenceSplit> {
        final List<String> told = new ArrayList<>();
        final Map<Integer, ReaderInfo> readers = new HashMap<>();
        private @Nullable Runnable question;

        void ask() {
            Objects.requireNonNull(question).run();
        }

        @Override
        public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
            assertThat(period).isEqualTo(1000);
            question = () -> {
                T answer;
                try {
                    answer = callable.call();
                } catch (Exception e) {
                    handler.accept(null, e);
                    return;
                }
                handler.accept(answer, null);
            };
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {
            told.add(subtask + (((PauseChanged) event).paused() ? " pause" : " read"));
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return readers;
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int currentParallelism() {
            return readers.size();
        }

        @Override
        public void assignSplits(SplitsAssignment<NumberSequenceSplit> assignment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void signalNoMoreSplits(int subtask) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class RecordingEnumerator implements SplitEnumerator<NumberSequenceSplit, String> {
        final List<String> calls = new ArrayList<>();

        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {
            calls.add("handleSplitRequest " + subtask + " " + host);
        }

        @Override
        public void addSplitsBack(List<NumberSequenceSplit> splits, int subtask) {
            calls.add("addSplitsBack "
                    + splits.stream().map(NumberSequenceSplit::splitId).toList() + " " + subtask);
        }

        @Override
        public void addReader(int subtask) {
            calls.add("addReader " + subtask);
        }

        @Override
        public void handleSourceEvent(int subtask, SourceEvent event) {
            calls.add("handleSourceEvent " + subtask + " " + event);
        }

        @Override
        public String snapshotState(long checkpointId) {
            return "state " + checkpointId;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            calls.add("complete " + checkpointId);
        }

        @Override
        public void notifyCheckpointAborted(long checkpointId) {
            calls.add("aborted " + checkpointId);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
