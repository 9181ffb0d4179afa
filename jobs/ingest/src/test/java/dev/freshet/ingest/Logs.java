package dev.freshet.ingest;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Made-up logs of changes. */
final class Logs {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private Logs() {}

    /** Documents that are written, edited, deleted and written again; some records twice, all in random order. */
    static List<RawRecord> shuffled(long seed, int changes, int documents) {
        Random random = new Random(seed);
        List<ChangeEnvelope> envelopes = new ArrayList<>();
        for (int version = 1; version <= changes; version++) {
            DocumentKey key = new DocumentKey("acme", "doc-" + random.nextInt(documents));
            ChangeOrder order = new ChangeOrder(0, version);
            envelopes.add(
                    random.nextInt(6) == 0
                            ? ChangeEnvelope.delete(key, order, TIME)
                            : ChangeEnvelope.upsert(key, order, TIME, "text/markdown", text(random)));
        }
        envelopes.addAll(envelopes.subList(0, changes / 5));
        Collections.shuffle(envelopes, random);
        List<RawRecord> log = new ArrayList<>();
        for (ChangeEnvelope envelope : envelopes) {
            log.add(record(log.size(), envelope.recordKey(), envelope.recordValue()));
        }
        return log;
    }

    static RawRecord record(long offset, ChangeEnvelope envelope) {
        return record(offset, envelope.recordKey(), envelope.recordValue());
    }

    static RawRecord malformed(long offset) {
        return record(
                offset, "acme/broken".getBytes(StandardCharsets.UTF_8), "{\"op\":".getBytes(StandardCharsets.UTF_8));
    }

    static RawRecord inPartition(int partition, RawRecord record) {
        SourcePosition position = new SourcePosition(
                record.position().topic(), partition, record.position().offset());
        return new RawRecord(
                position,
                record.timestamp(),
                Objects.requireNonNull(record.key()),
                Objects.requireNonNull(record.value()),
                record.headers());
    }

    private static RawRecord record(long offset, byte[] key, byte[] value) {
        return new RawRecord(new SourcePosition("documents", 0, offset), TIME.toEpochMilli(), key, value, List.of());
    }

    /** Few distinct sections, so that documents share texts and repeat them. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int sections = random.nextInt(6);
        for (int i = 0; i < sections; i++) {
            int topic = random.nextInt(20);
            text.append("## Topic ")
                    .append(topic)
                    .append("\n\n")
                    .append(("word" + topic + " ").repeat(25))
                    .append("\n\n");
        }
        return text.toString();
    }
}
