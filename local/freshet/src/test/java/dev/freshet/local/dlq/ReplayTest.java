package dev.freshet.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.RawHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ReplayTest {

    @Test
    void aRecordIsWrittenAsItCameWithItsPlaceInTheOrderOfChanges() {
        ProducerRecord<byte[], byte[]> record =
                Replay.record(Letters.record("documents", 42, new RawHeader("trace", Letters.bytes("t-1"))), null);

        assertThat(record.topic()).isEqualTo("documents");
        assertThat(record.key()).isEqualTo(Letters.bytes("acme/a"));
        assertThat(record.value()).isEqualTo(Letters.bytes("{"));
        assertThat(headers(record)).containsExactly("trace=t-1", "version=42");
    }

    @Test
    void aVersionThatTheProducerGaveStays() {
        RawHeader version = new RawHeader("version", Letters.bytes("7"));

        assertThat(headers(Replay.record(Letters.record("documents", 42, version), null)))
                .containsExactly("version=7");
    }

    @Test
    void itGoesToItsTopicUnlessToldOtherwise() {
        assertThat(Replay.record(Letters.record("other.documents", 1), null).topic())
                .isEqualTo("other.documents");
        assertThat(Replay.record(Letters.record("other.documents", 1), "third").topic())
                .isEqualTo("third");
        assertThat(Replay.record(Letters.record("file:/data/changes.jsonl", 1), null)
                        .topic())
                .isEqualTo("documents");
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        record.headers()
                .forEach(
                        header -> headers.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
