package dev.freshet.core.envelope;

import static dev.freshet.core.envelope.Records.ignoredFields;
import static dev.freshet.core.envelope.Records.record;
import static dev.freshet.core.envelope.Records.refused;
import static dev.freshet.core.envelope.Records.understood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeReaderTest {
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
        assertThat(understood(record("acme/a", null, "version", "99", "epoch", "2"))
                        .order())
                .isEqualTo(new ChangeOrder(2, 99));
    }

    @Test
    void fieldsThatNobodyKnowsAreCounted() {
        assertThat(ignoredFields(
                        record(null, "{\"op\":\"delete\",\"id\":\"a\",\"version\":1,\"colour\":1,\"size\":2}")))
                .isEqualTo(2);
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
                "not_an_object     | ~~",
                "not_an_object     | null",
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
                "invalid_event_time| {\"op\":\"delete\",\"id\":\"a\",\"event_time\":\"9999-12-31T23:00:00-10:00\"}",
                "invalid_tenant    | {\"op\":\"delete\",\"id\":\"a\",\"tenant\":\"a/b\"}",
                "invalid_metadata  | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"metadata\":{\"a\":{}}}",
                "invalid_metadata  | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"metadata\":{\"a b\":1}}",
                "invalid_metadata  | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"metadata\":{\"a\":1e400}}",
                "invalid_acl       | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"acl\":[]}",
                "invalid_acl       | {\"op\":\"upsert\",\"id\":\"a\",\"content\":\"\",\"acl\":\"user:1\"}",
            })
    void whatIsNoChangeIsRefusedWithACode(String reason, String value) {
        assertThat(refused(record(null, value)).reason()).isEqualTo(reason.strip());
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        RawRecord raw = record(null, new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'}, List.of());

        assertThat(refused(raw).reason()).isEqualTo("not_utf8");
    }

    @Test
    void deepNestingIsRefusedWithoutOverflowingTheStack() {
        assertThat(refused(record(null, "[".repeat(9_000))).message()).contains("nested too deep");
    }

    @Test
    void aRecordOverTheLimitIsRefusedUnread() {
        assertThat(refused(record(null, " ".repeat(10_001))).reason()).isEqualTo("record_too_large");
        assertThat(refused(record("x".repeat(70_000), null)).reason()).isEqualTo("key_too_large");
    }

    @Test
    void anIdInTheRecordsKeyIsHeldToTheSameRules() {
        assertThat(refused(record("acme/" + "x".repeat(1025), null)).reason()).isEqualTo("invalid_id");
        assertThat(refused(record("acme/a\u0000b", null)).reason()).isEqualTo("invalid_id");
        assertThat(refused(record("acme/", null)).reason()).isEqualTo("invalid_id");
        assertThat(refused(record("acme/a\uFFFD", null)).reason()).isEqualTo("invalid_id");
    }

    @Test
    void aTimestampThatNoIndexTakesIsRefused() {
        String delete = "{\"op\":\"delete\",\"id\":\"a\",\"version\":1}";
        RawRecord raw = new RawRecord(
                new SourcePosition("documents", 0, 0),
                Long.MAX_VALUE,
                "default/a".getBytes(StandardCharsets.UTF_8),
                delete.getBytes(StandardCharsets.UTF_8),
                List.of());

        assertThat(refused(raw).reason()).isEqualTo("invalid_event_time");
    }

    @Test
    void aRefusalNamesTheDocumentAsFarAsItIsKnown() {
        assertThat(refused(record(null, "{\"op\":\"upsert\",\"tenant\":\"acme\",\"id\":\"a\",\"version\":1}"))
                        .key())
                .isEqualTo(new DocumentKey("acme", "a"));
        assertThat(refused(record("acme/a", "{")).key()).isEqualTo(new DocumentKey("acme", "a"));
        assertThat(refused(record(null, "{")).key()).isNull();
        assertThat(refused(record("acme/a\u0000", "{")).key()).isNull();
    }

    @Test
    void whatARecordIsDoesNotDependOnTheRecordsBeforeIt() {
        // Names of one hash, as an attacker would choose them, and then harmless ones.
        String colliding = fields(
                i -> Integer.toBinaryString(1 << 12 | i).replace("0", "ab").replace("1", "bA"));
        String harmless = fields(i -> "name" + i);
        ChangeReader reader = new ChangeReader(1 << 20);

        for (String fields : List.of(colliding, harmless, colliding, harmless)) {
            RawRecord raw = record(null, "{\"op\":\"delete\",\"id\":\"a\",\"version\":1," + fields + "}");
            assertThat(reader.read(raw)).isInstanceOf(EnvelopeOutcome.Understood.class);
        }
    }

    private static String fields(IntFunction<String> name) {
        return IntStream.range(0, 2_000)
                .mapToObj(i -> "\"" + name.apply(i) + "\":1")
                .collect(Collectors.joining(","));
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
        return refused(record(null, value), 1 << 20).reason();
    }

    @Test
    void aRefusalNeverQuotesTheDocument() {
        assertThat(refused(record(null, "{\"op\":\"upsert\",\"content\":\"secret\" oops}"))
                        .message())
                .doesNotContain("oops", "secret");
    }
}
