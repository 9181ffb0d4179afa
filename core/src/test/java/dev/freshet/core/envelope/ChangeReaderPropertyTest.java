package dev.freshet.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.EnvelopeOutcome.Refused;
import dev.freshet.core.envelope.EnvelopeOutcome.Understood;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of the reader: one meaning in every envelope, and an outcome for every record. */
@SuppressWarnings("NullAway") // it does not see that an array in a compiled record may be null
class ChangeReaderPropertyTest {
    private final ChangeReader reader = new ChangeReader(1 << 20);

    @Property(tries = 300)
    void aChangeMeansTheSameAsARowOfDebezium(@ForAll("upsertsAndDeletes") ObjectNode change) {
        for (RawRecord rendering : Renderings.ofDebezium(change)) {
            assertSameChange(rendering, change);
        }
    }

    @Property(tries = 300)
    void aChangeMeansTheSameAsACloudEvent(@ForAll("changes") ObjectNode change) {
        for (RawRecord rendering : Renderings.ofCloudEvents(change)) {
            assertSameChange(rendering, change);
        }
    }

    private void assertSameChange(RawRecord rendering, ObjectNode change) {
        DocumentChange expected = understood(Renderings.ofNative(change));
        assertThat(understood(rendering))
                .usingRecursiveComparison()
                .ignoringFields("raw")
                .isEqualTo(expected);
    }

    @Property(tries = 300)
    void whateverTheBytesAreTheyHaveAnOutcome(
            @ForAll byte[] key, @ForAll byte[] value, @ForAll("headers") List<RawHeader> headers) {
        assertHasAnOutcome(Records.record(key, value, headers));
        assertHasAnOutcome(Records.record(null, value, headers));
        assertHasAnOutcome(Records.record(key, null, headers));
    }

    @Property(tries = 300)
    void aRecordWithOneBitFlippedHasAnOutcome(
            @ForAll("records") RawRecord valid, @ForAll @IntRange(min = 0, max = 1 << 20) int at) {
        byte[] value = valid.value().clone();
        value[at / 8 % value.length] ^= (byte) (1 << at % 8);

        assertHasAnOutcome(Records.record(valid.key(), value, valid.headers()));
    }

    @Property(tries = 300)
    void aRecordCutShortIsRefused(
            @ForAll("records") RawRecord valid, @ForAll @IntRange(min = 0, max = 1 << 20) int at) {
        byte[] value = valid.value();

        assertRefused(valid, Arrays.copyOf(value, at % value.length));
    }

    @Property(tries = 100)
    void aRecordWithMoreAfterItsEndIsRefused(@ForAll("records") RawRecord valid) {
        assertRefused(valid, concat(valid.value(), valid.value()));
        assertRefused(valid, concat(valid.value(), "}".getBytes(StandardCharsets.UTF_8)));
    }

    @Property(tries = 100)
    void aKeyThatStandsTwiceIsRefused(@ForAll("records") RawRecord valid) {
        assertRefused(valid, withFields(valid, "\"zz\":1,\"zz\":1"));
        assertRefused(valid, withFields(valid, "\"zz\":{\"a\":1,\"a\":1}"));
    }

    @Property(tries = 50)
    void aRecordNestedDeepIsRefused(
            @ForAll("records") RawRecord valid, @ForAll @IntRange(min = 65, max = 100_000) int depth) {
        assertRefused(valid, withFields(valid, "\"zz\":" + "[".repeat(depth) + "]".repeat(depth)));
        assertRefused(valid, withFields(valid, "\"zz\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
    }

    private void assertRefused(RawRecord valid, byte[] value) {
        assertThat(understood(valid)).as("before").isNotNull();
        assertThat(reader.read(Records.record(valid.key(), value, valid.headers())))
                .isInstanceOf(Refused.class);
    }

    private void assertHasAnOutcome(RawRecord raw) {
        if (reader.read(raw) instanceof Refused refused) {
            assertThat(refused.reason()).matches("[a-z0-9_]+");
            assertThat(refused.message()).isNotBlank();
        }
    }

    private DocumentChange understood(RawRecord raw) {
        EnvelopeOutcome outcome = reader.read(raw);
        assertThat(outcome).isInstanceOf(Understood.class);
        return ((Understood) outcome).change();
    }

    private static byte[] withFields(RawRecord valid, String fields) {
        byte[] rest = Arrays.copyOfRange(valid.value(), 1, valid.value().length);
        String comma = rest.length > 1 ? "," : "";
        return concat(("{" + fields + comma).getBytes(StandardCharsets.UTF_8), rest);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Provide
    Arbitrary<ObjectNode> upsertsAndDeletes() {
        return Arbitraries.oneOf(AnyChange.upsert(), AnyChange.delete());
    }

    @Provide
    Arbitrary<ObjectNode> changes() {
        return Arbitraries.oneOf(AnyChange.upsert(), AnyChange.patch(), AnyChange.delete(), AnyChange.deleteByFilter());
    }

    /** Valid records in every envelope. */
    @Provide
    Arbitrary<RawRecord> records() {
        return Arbitraries.oneOf(
                changes().map(Renderings::ofNative),
                changes().map(Renderings::ofCloudEvents).flatMap(Arbitraries::of),
                upsertsAndDeletes().map(Renderings::ofDebezium).flatMap(Arbitraries::of));
    }

    /** Headers that the reader looks at, with anything in them. */
    @Provide
    Arbitrary<List<RawHeader>> headers() {
        Arbitrary<String> names = Arbitraries.of(
                "version",
                "epoch",
                "content-type",
                "ce_specversion",
                "ce_id",
                "ce_source",
                "ce_type",
                "ce_subject",
                "");
        Arbitrary<byte[]> values = Arbitraries.oneOf(
                Arbitraries.of("1.0", "x.document.upsert", "application/cloudevents+json", "text/plain", "7")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20));
        return Arbitraries.maps(names, values.injectNull(0.1)).ofMaxSize(9).map(map -> {
            List<RawHeader> headers = new ArrayList<>();
            map.forEach((name, value) -> headers.add(new RawHeader(name, value)));
            return headers;
        });
    }
}
