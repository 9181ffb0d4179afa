package dev.freshet.local.verify;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.DeadLetterJson;
import dev.freshet.core.envelope.ReceiptJson;
import dev.freshet.core.verify.Verification;
import dev.freshet.local.ingest.OffsetLedger;
import dev.freshet.local.stack.Topics;
import dev.freshet.local.topic.TopicReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which changes of a log have an outcome: a receipt, or a dead letter. Receipts expire, so a change that is older than the
 * oldest of them counts as settled.
 */
final class SettledChanges {
    /** No topic of receipts forgets sooner. */
    private static final Duration SHORTEST_RETENTION = Duration.ofMinutes(5);

    private final TopicReader reader;
    private final String topic;
    private final OffsetLedger ledger;
    private final long receiptsSince;
    private long olderThanReceipts;

    /**
     * Looks at the receipts that there are.
     *
     * @param starts the first offsets of the log
     */
    SettledChanges(TopicReader reader, String topic, Map<TopicPartition, Long> starts) throws IOException {
        this.reader = reader;
        this.topic = topic;
        int partitions = starts.keySet().stream()
                .mapToInt(partition -> partition.partition() + 1)
                .max()
                .orElse(0);
        List<Long> bases = new ArrayList<>(Collections.nCopies(partitions, 0L));
        starts.forEach((partition, start) -> bases.set(partition.partition(), start));
        this.ledger = new OffsetLedger(bases);
        this.receiptsSince = receiptsSince(reader);
    }

    /** From when on, in milliseconds since 1970, no receipt has expired. */
    private static long receiptsSince(TopicReader reader) throws IOException {
        long since = Long.MIN_VALUE;
        Map<TopicPartition, Long> ends = reader.ends(Topics.INDEX_CHANGES);
        for (Map.Entry<TopicPartition, Long> start :
                reader.starts(Topics.INDEX_CHANGES).entrySet()) {
            if (start.getValue() == 0) {
                continue;
            }
            boolean empty = start.getValue() >= ends.getOrDefault(start.getKey(), 0L);
            long oldest = empty
                    ? System.currentTimeMillis() - SHORTEST_RETENTION.toMillis()
                    : reader.next(start.getKey(), start.getValue())
                            .map(ConsumerRecord::timestamp)
                            .orElse(Long.MIN_VALUE);
            since = Math.max(since, oldest);
        }
        return since;
    }

    /** A record of the log that must have an outcome. */
    void expect(ConsumerRecord<byte[], byte[]> record) {
        if (record.timestamp() >= receiptsSince) {
            ledger.produced(record.partition(), record.offset());
        } else {
            olderThanReceipts++;
        }
    }

    /** Reads the outcomes until every record that was read has one, but not for longer than this without an end in sight. */
    void await(Duration patience, Verification verification) throws IOException {
        Map<TopicPartition, Long> from = new HashMap<>(reader.starts(Topics.INDEX_CHANGES));
        from.putAll(reader.starts(Topics.DEAD_LETTERS));
        Map<TopicPartition, Long> to = new HashMap<>(reader.ends(Topics.INDEX_CHANGES));
        to.putAll(reader.ends(Topics.DEAD_LETTERS));
        TopicReader.Sink sink = record -> take(record, verification);
        // What is there is read whole: the dead letters say what does not count.
        reader.read(from, to, sink);
        if (!to.isEmpty()) {
            reader.follow(to, sink, () -> count() == 0, patience);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Verification verification) throws IOException {
        if (record.value() == null) {
            return;
        }
        try {
            if (record.topic().equals(Topics.DEAD_LETTERS)) {
                takeLetter(DeadLetterJson.read(record.value()), verification);
            } else {
                takeReceipt(ReceiptJson.read(record.value()));
            }
        } catch (IllegalArgumentException e) {
            // Not written by the job.
        }
    }

    private void takeReceipt(ChangeReceipt receipt) {
        if (!receipt.derived()) {
            settle(receipt.origin());
        }
    }

    private void takeLetter(DeadLetter letter, Verification verification) throws IOException {
        if (letter.scope() != DeadLetter.Scope.RECORD
                || !letter.origin().topic().equals(topic)) {
            return;
        }
        settle(letter.origin());
        // The log tells by itself what cannot be read, and which of two equal versions came first.
        if (!letter.stage().equals("parse") && !letter.reason().equals("version_conflict")) {
            verification.notApplied(letter);
        }
    }

    private void settle(SourcePosition origin) {
        if (origin.topic().equals(topic) && ledger.isOurs(origin.partition(), origin.offset())) {
            ledger.settled(origin.partition(), origin.offset());
        }
    }

    boolean isUnsettled(int partition, long offset) {
        return ledger.isUnsettled(partition, offset);
    }

    /** Records without an outcome. */
    long count() {
        return ledger.produced() - ledger.accounted();
    }

    /** What a person should know of the waiting. */
    Optional<String> note() {
        if (count() > 0) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%,d changes have no outcome yet: the job is behind, or does not run, or holds deletes back.",
                    count()));
        }
        return olderThanReceipts == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d changes are older than the oldest receipts; that they have an outcome was not checked.",
                        olderThanReceipts));
    }
}
