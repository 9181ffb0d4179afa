package dev.freshet.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.envelope.ControlJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaPauseSignalTest {
    private static final String TOPIC = "control";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final KafkaPauseSignal signal = new KafkaPauseSignal(() -> consumer, TOPIC);
    private long end;

    @Test
    void readingIsNotPausedWhereNobodySaidSo() throws Exception {
        topicExists();
        assertThat(signal.paused()).isFalse();
    }

    @Test
    void theLastOfPauseAndResumeHoldsFromTheBeginningOfTheTopic() throws Exception {
        topicExists();
        commands(Kind.PAUSE, Kind.RESUME, Kind.PAUSE, Kind.REBUILD, Kind.APPROVE);
        assertThat(signal.paused()).isTrue();

        commands(Kind.RESUME);
        assertThat(signal.paused()).isFalse();
        assertThat(signal.paused()).isFalse();

        commands(Kind.PAUSE);
        assertThat(signal.paused()).isTrue();
    }

    @Test
    void whatIsNoCommandIsPassedOver() throws Exception {
        topicExists();
        commands(Kind.PAUSE);
        add("{\"command\":".getBytes(StandardCharsets.UTF_8));
        add(null);

        assertThat(signal.paused()).isTrue();
    }

    @Test
    void thereIsNoAnswerWithoutTheTopicAndOneOnceItIsThere() throws Exception {
        consumer.updatePartitions(TOPIC, List.of());
        assertThatThrownBy(signal::paused).hasMessageContaining("no topic 'control'");

        topicExists();

        assertThat(signal.paused()).isFalse();
    }

    @Test
    void anAnswerThatFailedIsFollowedByTheRightOne() throws Exception {
        topicExists();
        commands(Kind.PAUSE);
        consumer.setPollException(new KafkaException("away"));
        assertThatThrownBy(signal::paused).hasMessage("away");

        assertThat(signal.paused()).isTrue();
    }

    @Test
    void closingClosesTheConsumerAndEndsTheAnswers() throws Exception {
        topicExists();
        signal.paused();

        signal.close();

        assertThat(consumer.closed()).isTrue();
        assertThatThrownBy(signal::paused).hasMessage("closed");
    }

    @Test
    void whatWasNeverAskedHasNothingToClose() {
        signal.close();

        assertThat(consumer.closed()).isFalse();
    }

    private void topicExists() {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
    }

    private void commands(Kind... kinds) {
        for (Kind kind : kinds) {
            String tenant = kind == Kind.APPROVE ? "acme" : null;
            add(ControlJson.write(new ControlCommand(kind, "id", Instant.EPOCH, tenant, List.of())));
        }
    }

    private void add(byte @org.jspecify.annotations.Nullable [] value) {
        long offset = end++;
        // Comes with the next poll, as a broker would send it: the consumer is assigned by then.
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, null, value)));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
    }
}
