package dev.freshet.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class PausableReaderTest {
    private static final NumberSequenceSplit SPLIT = new NumberSequenceSplit("split", 1, 9);

    private final RecordingReader wrapped = new RecordingReader();
    private final Metrics metrics = new Metrics();
    private final PausableReader<Long, NumberSequenceSplit> reader = new PausableReader<>(wrapped, metrics);

    @Test
    void nothingIsReadBeforeItIsToldThatItMayBe() throws Exception {
        assertThat(poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        assertThat(metrics.paused()).isEqualTo(1);

        reader.handleSourceEvents(new PauseChanged(false));

        assertThat(poll()).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(metrics.paused()).isZero();
    }

    @Test
    void nothingIsReadWhilePausedEvenWhereTheSourceHasMore() throws Exception {
        reader.handleSourceEvents(new PauseChanged(false));
        poll();

        reader.handleSourceEvents(new PauseChanged(true));
        reader.handleSourceEvents(new PauseChanged(true));

        assertThat(poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        assertThat(wrapped.calls).containsOnlyOnce("pollNext");
        assertThat(metrics.paused()).isEqualTo(1);
    }

    @Test
    void theTaskIsWokenWhenReadingIsResumed() {
        reader.handleSourceEvents(new PauseChanged(false));
        reader.handleSourceEvents(new PauseChanged(true));
        CompletableFuture<Void> waiting = reader.isAvailable();
        reader.handleSourceEvents(new PauseChanged(true));

        reader.handleSourceEvents(new PauseChanged(false));

        assertThat(waiting).isCompleted();
        assertThat(reader.isAvailable()).isSameAs(wrapped.available);
    }

    @Test
    void everythingElseGoesOnWhilePaused() throws Exception {
        reader.start();
        reader.addSplits(List.of(SPLIT));
        assertThat(reader.snapshotState(1)).containsExactly(SPLIT);
        reader.notifyCheckpointComplete(1);
        reader.notifyCheckpointAborted(2);
        reader.pauseOrResumeSplits(List.of("split"), List.of());
        reader.handleSourceEvents(new Other());
        reader.notifyNoMoreSplits();
        reader.close();

        assertThat(wrapped.calls)
                .containsExactly(
                        "start",
                        "addSplits",
                        "snapshotState",
                        "complete 1",
                        "aborted 2",
                        "pauseOrResumeSplits [split] []",
                        "event Other[]",
                        "notifyNoMoreSplits",
                        "close");
    }

    private InputStatus poll() throws Exception {
        return reader.pollNext(new NoOutput());
    }

    record Other() implements SourceEvent {}

    private static final class Metrics extends UnregisteredMetricsGroup {
        private final List<String> names = new ArrayList<>();
        private Gauge<?> gauge = () -> -1;

        int paused() {
            assertThat(names).containsExactly("freshet", "source", "paused");
            return (Integer) gauge.getValue();
        }

        @Override
        public MetricGroup addGroup(String name) {
            names.add(name);
            return this;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G added) {
            names.add(name);
            gauge = added;
            return added;
        }
    }

    private static final class NoOutput implements ReaderOutput<Long> {
        @Override
        public void collect(Long value) {}

        @Override
        public void collect(Long value, long timestamp) {}

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<Long> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}
    }

    private static final class RecordingReader implements SourceReader<Long, NumberSequenceSplit> {
        final List<String> calls = new ArrayList<>();
        final CompletableFuture<Void> available = new CompletableFuture<>();
        private List<NumberSequenceSplit> splits = List.of();

        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Long> output) {
            calls.add("pollNext");
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<NumberSequenceSplit> snapshotState(long checkpointId) {
            calls.add("snapshotState");
            return splits;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<NumberSequenceSplit> added) {
            calls.add("addSplits");
            splits = added;
        }

        @Override
        public void notifyNoMoreSplits() {
            calls.add("notifyNoMoreSplits");
        }

        @Override
        public void handleSourceEvents(SourceEvent event) {
            calls.add("event " + event);
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
        public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
            calls.add("pauseOrResumeSplits " + toPause + " " + toResume);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
