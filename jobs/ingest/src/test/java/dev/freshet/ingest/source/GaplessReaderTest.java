package dev.freshet.ingest.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.ingest.source.PartitionBounds.Range;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class GaplessReaderTest {
    private static final TopicPartition DOCUMENTS_1 = new TopicPartition("documents", 1);

    @Test
    void offsetsThatExpiredAreNamedWithWhatThereIsAndWhatToDo() {
        assertThatThrownBy(() -> poll(outOfRange(120), partitions -> Map.of(DOCUMENTS_1, new Range(500, 900))))
                .isInstanceOf(LostRecordsException.class)
                .hasMessageContainingAll(
                        "Topic documents, partition 1",
                        "wants offset 120",
                        "the earliest there is is 500",
                        "380 offsets were removed",
                        "without its state",
                        "--start earliest");
    }

    @Test
    void aTopicThatIsShorterThanItWasIsNamedAsThat() {
        assertThatThrownBy(() -> poll(outOfRange(120), partitions -> Map.of(DOCUMENTS_1, new Range(0, 7))))
                .hasMessageContainingAll("wants offset 120", "only 0 to 7", "made anew");
    }

    @Test
    void theGapIsNamedAlsoWhenTheBrokerCannotBeAskedAnyMore() {
        assertThatThrownBy(() -> poll(outOfRange(120), partitions -> {
                    throw new IllegalStateException("away");
                }))
                .isInstanceOf(LostRecordsException.class)
                .hasMessageContainingAll("partition 1", "wants offset 120");
    }

    /** {@code freshet status} shows the last cause of the trace. */
    @Test
    void theGapIsTheInnermostCause() {
        LostRecordsException lost = LostRecordsException.of(Map.of(DOCUMENTS_1, 1L), Map.of(), outOfRange(1));
        StringWriter trace = new StringWriter();
        new RuntimeException("a task failed", lost).printStackTrace(new PrintWriter(trace, true));

        Assertions.assertThat(trace.toString().lines().filter(line -> line.startsWith("Caused by: ")))
                .last()
                .asString()
                .contains("partition 1");
    }

    @Test
    void itEndsTheJobBecauseARestartWouldFindTheSameGap() {
        Exception lost = LostRecordsException.of(Map.of(DOCUMENTS_1, 1L), Map.of(), outOfRange(1));

        Assertions.assertThat(ThrowableClassifier.findThrowableOfThrowableType(
                        new RuntimeException("a task failed", lost), ThrowableType.NonRecoverableError))
                .isPresent();
    }

    @Test
    void everyOtherFailureStaysWhatItIs() {
        RuntimeException failure = new RuntimeException("a bug", new IOException("disk"));

        assertThatThrownBy(() -> poll(failure, partitions -> Map.of())).isSameAs(failure);
    }

    @Test
    void theSourceTravelsToTheCluster() throws Exception {
        BrokerOffsets offsets = new BrokerOffsets("localhost:9092", new java.util.Properties());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(offsets);

        Assertions.assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
                .isInstanceOf(BrokerOffsets.class);
    }

    @SuppressWarnings("NullAway") // the reader fails before it has anything for the output
    private static void poll(Exception failure, PartitionBounds bounds) throws Exception {
        try (var reader = new GaplessReader<>(new FailingReader(failure), bounds)) {
            reader.pollNext(null);
        }
    }

    /** As it comes up from Flink's fetching thread. */
    private static Exception outOfRange(long offset) {
        return new RuntimeException(
                "One or more fetchers have encountered exception",
                new RuntimeException(
                        "SplitFetcher thread 0 received unexpected exception while polling the records",
                        new OffsetOutOfRangeException("out of range", Map.of(DOCUMENTS_1, offset))));
    }

    private record FailingReader(Exception failure) implements SourceReader<String, KafkaPartitionSplit> {
        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<String> output) throws Exception {
            throw failure;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}
