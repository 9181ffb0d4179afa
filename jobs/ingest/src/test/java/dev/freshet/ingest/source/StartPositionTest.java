package dev.freshet.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("deprecation") // Kafka deprecated the enum that the connector still takes
class StartPositionTest {
    private static final TopicPartition A0 = new TopicPartition("a", 0);
    private static final TopicPartition A1 = new TopicPartition("a", 1);
    private static final long SENT_AT = 1_769_860_800_000L;

    @Test
    void theStartIsTheEarliestOffset() {
        assertThat(offsets("earliest"))
                .isEqualTo(Map.of(A0, KafkaPartitionSplit.EARLIEST_OFFSET, A1, KafkaPartitionSplit.EARLIEST_OFFSET));
    }

    @Test
    void theEndIsLookedUpOnceSoThatARestartDoesNotMoveIt() {
        assertThat(offsets("latest")).isEqualTo(Map.of(A0, 100L, A1, 101L));
    }

    @Test
    void aTimeIsTheFirstRecordSinceThenOrTheEnd() {
        assertThat(offsets("timestamp:2026-01-31T12:00:00Z")).isEqualTo(Map.of(A0, 50L, A1, 101L));
        assertThat(offsets("timestamp:2026-01-31T13:00:00+01:00")).isEqualTo(Map.of(A0, 50L, A1, 101L));
    }

    @Test
    void partitionsThatAreNotNamedBeginAtTheirStart() {
        assertThat(offsets("offsets:a:0:42")).isEqualTo(Map.of(A0, 42L, A1, KafkaPartitionSplit.EARLIEST_OFFSET));
        assertThat(offsets("offsets:a:0:42,a:1:17")).isEqualTo(Map.of(A0, 42L, A1, 17L));
    }

    @Test
    void aPartitionThatDoesNotExistIsNotPassedOver() {
        assertThatThrownBy(() -> offsets("offsets:a:0:42,a:7:1")).hasMessageContaining("a-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "timestamp:2026-01-31T12:00:00Z", "offsets:a:0:42"})
    void noStartAllowsToSkipWhatIsGone(String start) {
        assertThat(StartPosition.parse(start).getAutoOffsetResetStrategy()).isEqualTo(OffsetResetStrategy.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Earliest",
                "timestamp:",
                "timestamp:yesterday",
                "timestamp:+999999999-01-01T00:00:00Z",
                "offsets:",
                "offsets:a:0",
                "offsets:a:0:-1",
                "offsets:a:0:1,",
                "offsets:a b:0:1",
                "offsets:a:0:1,a:0:2"
            })
    void whatIsNoStartIsRefusedInWords(String text) {
        assertThatThrownBy(() -> StartPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(is no start|is not a time|is not written|has two offsets).*");
    }

    private static Map<TopicPartition, Long> offsets(String start) {
        return StartPosition.parse(start).getPartitionOffsets(Set.of(A0, A1), new Broker());
    }

    /** Partition 0 ends at 100 and has a record at 50 since the time; partition 1 ends at 101 and has none. */
    private static final class Broker implements PartitionOffsetsRetriever {
        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            throw new AssertionError("what a group committed is not where a job without state begins");
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            return partitions.stream().collect(Collectors.toMap(Function.identity(), at -> 100L + at.partition()));
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            return partitions.stream().collect(Collectors.toMap(Function.identity(), at -> 0L));
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            assertThat(times.values()).containsOnly(SENT_AT);
            return Map.of(A0, new OffsetAndTimestamp(50, SENT_AT));
        }
    }
}
