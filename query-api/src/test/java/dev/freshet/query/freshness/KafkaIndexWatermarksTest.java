package dev.freshet.query.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.envelope.WatermarkJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the consumer that Kafka itself offers for tests. */
final class KafkaIndexWatermarksTest {
    private static final String TOPIC = "index-watermarks";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final InstantSource clock = () -> this.now;
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final KafkaIndexWatermarks watermarks = new KafkaIndexWatermarks(this::open, TOPIC, clock);
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean unknownHost;
    private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private long written;

    @BeforeEach
    void aTopicWithoutRecords() {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void stop() {
        watermarks.close();
    }

    @Test
    void theNewestWatermarkOfEveryPartitionIsKnown() {
        watermarks.start();
        write("documents-0", json(0, 5));
        write("documents-0", json(0, 9));
        write("documents-1", json(1, 2));
        write("documents-2", json(2, 7));
        write("documents-2", null);
        write("documents-3", new byte[] {'{'});

        awaitOffsets(9, 2);
        assertThat(watermarks.known().asOf()).isEqualTo(now);
    }

    @Test
    void nothingIsKnownBeforeTheTopicIsReadToItsEnd() {
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));
        watermarks.start();
        Awaitility.await().atMost(SOON).until(() -> !consumer.assignment().isEmpty());

        assertThat(watermarks.known()).isEqualTo(KnownWatermarks.NONE);

        write("documents-0", json(0, 5));
        awaitOffsets(5);
    }

    @Test
    void anOutageKeepsWhatWasKnownAndItsTime() {
        watermarks.start();
        write("documents-0", json(0, 5));
        awaitOffsets(5);
        Instant lastHeard = now;

        consumer.schedulePollTask(() -> {
            consumer.setOffsetsException(new TimeoutException("away"));
            now = lastHeard.plusSeconds(100);
        });
        Awaitility.await().atMost(SOON).until(() -> now.isAfter(lastHeard));

        assertThat(watermarks.known().partitions()).hasSize(1);
        assertThat(watermarks.known().asOf()).isEqualTo(lastHeard);

        // It goes on by itself, from the start of the topic.
        written = 0;
        write("documents-0", json(0, 6));
        awaitOffsets(6);
        assertThat(watermarks.known().asOf()).isEqualTo(now);
    }

    @Test
    void closingEndsTheThreadAndTheConsumer() {
        watermarks.start();
        Awaitility.await().atMost(SOON).until(() -> watermarks.known().asOf() != null);

        watermarks.close();

        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aConsumerThatCannotBeOpenedIsTriedAgain() {
        unknownHost = true;
        watermarks.start();
        Awaitility.await().atMost(SOON).until(() -> attempts.get() > 0);
        assertThat(watermarks.known()).isEqualTo(KnownWatermarks.NONE);

        unknownHost = false;
        write("documents-0", json(0, 5));
        awaitOffsets(5);
    }

    private MockConsumer<String, byte[]> open() {
        attempts.incrementAndGet();
        if (unknownHost) {
            throw new KafkaException("no such host");
        }
        return consumer;
    }

    private void awaitOffsets(long... offsets) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(
                                watermarks.known().partitions().stream().mapToLong(IndexWatermark::offset))
                        .containsExactly(Arrays.stream(offsets).boxed().toArray(Long[]::new)));
    }

    /** Records reach the consumer on its own thread, as it polls. */
    private void write(String key, byte @Nullable [] value) {
        long offset = written++;
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, value));
            consumer.updateEndOffsets(Map.of(PARTITION, offset + 1));
        });
    }

    private static byte[] json(int partition, long offset) {
        return WatermarkJson.write(
                new IndexWatermark("documents", partition, offset, Instant.EPOCH, OutcomeCounts.NONE, Instant.EPOCH));
    }
}
