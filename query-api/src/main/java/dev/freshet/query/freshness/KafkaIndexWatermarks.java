package dev.freshet.query.freshness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of watermarks on a thread of its own. While Kafka is away the last that was known stays, and says as
 * of when.
 */
public final class KafkaIndexWatermarks implements IndexWatermarks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaIndexWatermarks.class);
    private static final int MOST_PARTITIONS = 4_096;
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_CONSUMER = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final String topic;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile KnownWatermarks known = KnownWatermarks.NONE;
    private volatile @Nullable Consumer<String, byte[]> current;
    private boolean away;

    KafkaIndexWatermarks(Supplier<Consumer<String, byte[]>> consumers, String topic, InstantSource clock) {
        this.consumers = consumers;
        this.topic = topic;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("watermarks").daemon().unstarted(this::run);
    }

    /** Starts to follow the topic; neither Kafka nor the topic need be there yet. */
    public static KafkaIndexWatermarks open(String bootstrapServers, String topic, InstantSource clock) {
        Properties settings = settings(bootstrapServers);
        return new KafkaIndexWatermarks(
                        () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                        topic,
                        clock)
                .start();
    }

    KafkaIndexWatermarks start() {
        thread.start();
        return this;
    }

    @Override
    public KnownWatermarks known() {
        return known;
    }

    private void run() {
        while (!stopping()) {
            try {
                Consumer<String, byte[]> consumer = consumers.get();
                current = consumer;
                try {
                    followUntilStopped(consumer);
                } finally {
                    consumer.close(CloseOptions.timeout(CLOSE_CONSUMER));
                }
            } catch (KafkaException e) {
                wentAway(e);
            }
        }
    }

    private void followUntilStopped(Consumer<String, byte[]> consumer) {
        while (!stopping()) {
            try {
                follow(consumer);
            } catch (WakeupException e) {
                return;
            } catch (KafkaException e) {
                wentAway(e);
            }
        }
    }

    /** Reads the topic from its start. What was known before stays until all of it is read. */
    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, ANSWER).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("the topic " + topic + " is not there");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        WatermarkTable table = new WatermarkTable(MOST_PARTITIONS);
        long checked = System.nanoTime() - BETWEEN_CHECKS.toNanos();
        while (!stopping()) {
            consumer.poll(POLL).forEach(table::apply);
            if (System.nanoTime() - checked >= BETWEEN_CHECKS.toNanos()) {
                checked = System.nanoTime();
                // Nothing else tells a topic without news from a broker that is away.
                Instant asked = clock.instant();
                if (isAtTheEnd(consumer, partitions)) {
                    known = new KnownWatermarks(table.watermarks(), asked);
                    cameBack();
                }
            }
        }
    }

    private static boolean isAtTheEnd(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition, ANSWER) >= ends.getOrDefault(partition, 0L));
    }

    private void wentAway(KafkaException e) {
        if (!away) {
            away = true;
            LOG.warn("Watermarks of the index are not followed for now: {}", e.toString());
        }
        try {
            stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private void cameBack() {
        if (away) {
            away = false;
            LOG.info("Watermarks of the index are followed again");
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private static Properties settings(String bootstrapServers) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "freshet-query-api-watermarks");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        return settings;
    }

    /** Ends the thread; it has a deadline for that. */
    @Override
    public void close() {
        stop.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            if (!thread.join(CLOSE)) {
                LOG.warn("The thread that follows the watermarks did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
