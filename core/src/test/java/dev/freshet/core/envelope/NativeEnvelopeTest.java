package dev.freshet.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.EnvelopeOutcome.Refused;
import dev.freshet.core.envelope.EnvelopeOutcome.Understood;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway") // it does not see that an array in a compiled record may be null
class NativeEnvelopeTest {
    private final NativeEnvelope envelope = new NativeEnvelope(10_000);

    @Test
    void anUpsertIsReadWithAllItsFields() {
        DocumentChange change = understood(record("acme/a.md", """
                {"op":"upsert","tenant":"acme","id":"a.md","epoch":1,"version":17,"event_time":"2026-01-31T12:00:00+01:00",
                 "title":"A","content_type":"text/markdown","content":"x","uri":"https://example.org/a",
                 "metadata":{"b":2,"a":["x"]},"acl":["user:2","user:1"]}"""));

        assertThat(change.operation()).isEqualTo(Operation.UPSERT);
        assertThat(change.order().version()).isEqualTo(17);
        assertThat(change.order().epoch()).isEqualTo(1);
        assertThat(change.eventTime()).isEqualTo(Instant.parse("2026-01-31T11:00:00Z"));
        assertThat(change.fields()).isNotNull().satisfies(fields -> {
            assertThat(fields.metadata()).isEqualTo("{\"a\":[\"x\"],\"b\":2}");
            assertThat(fields.acl()).containsExactly("user:1", "user:2");
        });
    }

    @Test
    void whatIsLeftOutComesFromTheRecord() {
        DocumentChange change =
                understood(record("acme/a.md", "{\"op\":\"upsert\",\"id\":\"a.md\",\"content\":\"x\"}"));

        assertThat(change.tenant()).isEqualTo("acme");
        assertThat(change.version()).as("the offset").isEqualTo(42);
        assertThat(change.eventTime()).isEqualTo(Instant.ofEpochMilli(1_000));
    }

    @Test
    void aRecordWithoutKeyIsOfTheDefaultTenant() {
        assertThat(understood(record(null, "{\"op\":\"delete\",\"id\":\"a\",\"version\":1}"))
                        .tenant())
                .isEqualTo("default");
    }

    @Test
    void aNullValueDeletesTheDocumentOfItsKey() {
        DocumentChange change = understood(record("acme/a/b.md", null));

        assertThat(change.operation()).isEqualTo(Operation.DELETE);
        assertThat(change.documentId()).isEqualTo("a/b.md");
        assertThat(change.version()).isEqualTo(42);
    }

    @Test
    void aNullValueMayCarryItsVersionInAHeader() {
        RawRecord raw = new RawRecord(
                new SourcePosition("documents", 0, 42),
                1_000,
                "acme/a".getBytes(StandardCharsets.UTF_8),
                null,
                List.of(new RawHeader("version", "99".getBytes(StandardCharsets.UTF_8))));

        assertThat(understood(raw).version()).isEqualTo(99);
    }

    @Test
    void fieldsThatNobodyKnowsAreCounted() {
        assertThat(envelope.read(
                        record(null, "{\"op\":\"delete\",\"id\":\"a\",\"version\":1,\"colour\":1,\"size\":2}")))
                .isInstanceOfSatisfying(
                        Understood.class,
                        understood -> assertThat(understood.ignoredFields()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "malformed_json    | {\"op\":\"upsert\",",
                "malformed_json    | {\"op\":\"delete\",\"id\":\"a\",\"id\":\"b\"}",
                "malformed_json    | {\"op\":\"delete\",\"id\":\"a\"} tail",
                "not_an_object     | [1]",
                "missing_op        | {\"id\":\"a\"}",
                "missing_id        | {\"op\":\"delete\"}",
                "missing_content   | {\"op\":\"upsert\",\"id\":\"a\"}",
                "unknown_operation | {\"op\":\"merge\",\"id\":\"a\"}",
                "invalid_id        | {\"op\":\"delete\",\"id\":7}",
                "invalid_id        | {\"op\":\"delete\",\"id\":\"\"}",
                "invalid_id        | {\"op\":\"delete\",\"id\":\"a\\u0000b\"}",
                "invalid_version   | {\"op\":\"delete\",\"id\":\"a\",\"version\":-1}",
                "invalid_version   | {\"op\":\"delete\",\"id\":\"a\",\"version\":9223372036854775807}",
                "invalid_version   | {\"op\":\"delete\",\"id\":\"a\",\"version\":1.5}",
                "invalid_version   | {\"op\":\"delete\",\"id\":\"a\",\"version\":99999999999999999999}",
                "invalid_id        | {\"op\":\"delete\",\"id\":\"a\\ud800\"}",
                "invalid_id        | {\"op\":\"delete\",\"id\":\"a\",\"tenant\":\"\\udfff\"}",
                "no_key_and_no_version | {\"op\":\"delete\",\"id\":\"a\"}",
                "invalid_event_time| {\"op\":\"delete\",\"id\":\"a\",\"event_time\":\"yesterday\"}",
                "invalid_event_time| {\"op\":\"delete\",\"id\":\"a\",\"event_time\":\"+12026-01-01T00:00:00Z\"}",
                "invalid_tenant    | {\"op\":\"delete\",\"id\":\"a\",\"tenant\":\"a/b\"}",
                "invalid_metadata  | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"metadata\":{\"a\":{}}}",
                "invalid_metadata  | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"metadata\":{\"a b\":1}}",
                "invalid_acl       | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"acl\":[]}",
                "invalid_acl       | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"acl\":\"user:1\"}",
            })
    void whatIsNoChangeIsRefusedWithACode(String reason, String value) {
        assertThat(refused(record(null, value)).reason()).isEqualTo(reason.strip());
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        RawRecord raw = new RawRecord(
                new SourcePosition("documents", 0, 0),
                0,
                null,
                new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'},
                List.of());

        assertThat(refused(raw).reason()).isEqualTo("not_utf8");
    }

    @Test
    void deepNestingIsRefusedWithoutOverflowingTheStack() {
        assertThat(refused(record(null, "[".repeat(9_000))).message()).contains("nested too deep");
    }

    @Test
    void aRecordOverTheLimitIsRefusedUnread() {
        assertThat(refused(record(null, " ".repeat(10_001))).reason()).isEqualTo("record_too_large");
    }

    @Test
    void aKeyThatNamesAnotherDocumentIsRefused() {
        assertThat(refused(record("acme/b", "{\"op\":\"delete\",\"tenant\":\"acme\",\"id\":\"a\"}"))
                        .reason())
                .isEqualTo("key_mismatch");
    }

    @Test
    void aLineOfAFileNeedsNoKeyForItsNumberToBeItsVersion() {
        SourcePosition line = new SourcePosition("file:/data/changes.jsonl", 0, 42);
        byte[] value = "{\"op\":\"delete\",\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(understood(RawRecord.ofValue(line, 1_000, value)).version()).isEqualTo(42);
    }

    @Test
    void aRecordWithoutKeyAndValueIsRefused() {
        assertThat(refused(record(null, null)).reason()).isEqualTo("no_key_and_no_value");
    }

    @Test
    void halfCharactersAreReplacedWhereverTheyStandSoThatEveryFieldCanBeWritten() {
        DocumentChange change = understood(record(null, """
                {"op":"upsert","id":"a","version":1,"content":"x\\ud800y","title":"\\udc00","uri":"\\ud83d","content_type":"text/\\ud800",
                 "metadata":{"a":"\\ud800","b":["\\udfff","\\ud83d\\ude00"]},"acl":["\\ud800"]}"""));

        assertThat(change.text()).isEqualTo("x\uFFFDy");
        assertThat(change.fields()).isNotNull().satisfies(fields -> {
            assertThat(fields.title()).isEqualTo("\uFFFD");
            assertThat(fields.uri()).isEqualTo("\uFFFD");
            assertThat(fields.contentType()).isEqualTo("text/\uFFFD");
            assertThat(fields.metadata()).isEqualTo("{\"a\":\"\uFFFD\",\"b\":[\"\uFFFD\",\"😀\"]}");
            assertThat(fields.acl()).containsExactly("\uFFFD");
        });
    }

    @ParameterizedTest
    @CsvSource({"title,4097", "uri,4097", "content_type,257"})
    void fieldsThatNoIndexWouldTakeAreRefused(String field, int length) {
        String value =
                "{\"op\":\"upsert\",\"id\":\"a\",\"content\":\"x\",\"%s\":\"%s\"}".formatted(field, "x".repeat(length));

        assertThat(refused(record(null, value)).reason()).isEqualTo("invalid_" + field);
    }

    @Test
    void whatEveryChunkWouldCarryIsLimited() {
        String principals = IntStream.range(0, 40)
                .mapToObj(i -> "\"" + i + "x".repeat(500) + "\"")
                .collect(Collectors.joining(","));

        assertThat(refusedOfLarge("\"metadata\":{\"a\":\"" + "x".repeat(20_000) + "\"}"))
                .isEqualTo("invalid_metadata");
        assertThat(refusedOfLarge("\"acl\":[" + principals + "]")).isEqualTo("invalid_acl");
    }

    private static String refusedOfLarge(String field) {
        String value = "{\"op\":\"upsert\",\"id\":\"a\",\"version\":1,\"content\":\"x\"," + field + "}";
        EnvelopeOutcome outcome = new NativeEnvelope(1 << 20).read(record(null, value));
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).reason();
    }

    @Test
    void aRefusalNeverQuotesTheDocument() {
        assertThat(refused(record(null, "{\"op\":\"upsert\",\"content\":\"secret\" oops}"))
                        .message())
                .doesNotContain("oops", "secret");
    }

    private DocumentChange understood(RawRecord raw) {
        EnvelopeOutcome outcome = envelope.read(raw);
        assertThat(outcome).isInstanceOf(Understood.class);
        return ((Understood) outcome).change();
    }

    private Refused refused(RawRecord raw) {
        EnvelopeOutcome outcome = envelope.read(raw);
        assertThat(outcome).isInstanceOf(Refused.class);
        return (Refused) outcome;
    }

    private static RawRecord record(@Nullable String key, @Nullable String value) {
        return new RawRecord(new SourcePosition("documents", 0, 42), 1_000, bytes(key), bytes(value), List.of());
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
