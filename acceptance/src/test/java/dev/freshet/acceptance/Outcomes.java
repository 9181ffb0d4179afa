package dev.freshet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.DeadLetterJson;
import dev.freshet.core.envelope.ReceiptJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what became of every record: receipts and dead letters by the position of the record. */
final class Outcomes implements AutoCloseable {
    private static final String RECEIPTS = "index-changes";
    private static final String DEAD_LETTERS = "dead-letters";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<SourcePosition, ChangeReceipt> receipts = new HashMap<>();
    private final Map<SourcePosition, DeadLetter> deadLetters = new HashMap<>();
    private final List<DeadLetter> chunkLetters = new ArrayList<>();

    Outcomes(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "acceptance",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(RECEIPTS, DEAD_LETTERS));
    }

    Map<SourcePosition, ChangeReceipt> receipts() {
        return receipts;
    }

    Map<SourcePosition, DeadLetter> deadLetters() {
        return deadLetters;
    }

    List<DeadLetter> chunkLetters() {
        return chunkLetters;
    }

    /** Reads until the condition holds; fails at the deadline. */
    void readUntil(String what, BooleanSupplier condition, Duration deadline) {
        long until = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s, but there are %d receipts and %d dead letters", what, receipts.size(), deadLetters.size())
                    .isLessThan(until);
            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                if (record.topic().equals(RECEIPTS)) {
                    ChangeReceipt receipt = ReceiptJson.read(record.value());
                    // After a restart a receipt may come again; the first one tells what happened.
                    receipts.putIfAbsent(receipt.origin(), receipt);
                } else {
                    add(DeadLetterJson.read(record.value()));
                }
            });
        }
    }

    private void add(DeadLetter letter) {
        if (letter.scope() == DeadLetter.Scope.RECORD) {
            deadLetters.putIfAbsent(letter.origin(), letter);
        } else {
            chunkLetters.add(letter);
        }
    }

    /** Reads until every record of the log has a receipt or a dead letter, and checks that none has both. */
    void readAll(List<RawRecord> log, Duration deadline) {
        readUntil("every record has an outcome", () -> receipts.size() + deadLetters.size() >= log.size(), deadline);
        Set<SourcePosition> positions = new HashSet<>();
        log.forEach(record -> positions.add(record.position()));
        Set<SourcePosition> ended = new HashSet<>(receipts.keySet());
        ended.addAll(deadLetters.keySet());
        assertThat(ended).as("positions with an outcome").isEqualTo(positions);
        assertThat(receipts.size() + deadLetters.size())
                .as("no record has two outcomes")
                .isEqualTo(log.size());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
