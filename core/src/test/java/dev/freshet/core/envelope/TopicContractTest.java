package dev.freshet.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentFilter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.Resolution;
import dev.freshet.core.document.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Freshet writes to the topics is what the JSON Schemas say, and is read back as it was. */
class TopicContractTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    private static final DocumentKey KEY = new DocumentKey("acme", "a/b.md");
    private static final SourcePosition ORIGIN = new SourcePosition("documents", 3, 42);

    @Test
    void whatTheProducerWritesConformsAndIsReadBackAsItWas() {
        ObjectNode metadata = Json.MAPPER.createObjectNode().put("team", "platform");
        ContentReference reference = new ContentReference("s3://bucket/a.md", "0a".repeat(32));

        DocumentChange upsert =
                writtenAndRead(ChangeEnvelope.upsert(KEY, new ChangeOrder(1, 7), TIME, "text/markdown", "# Text")
                        .withTitle("Title")
                        .withUri("https://example.org")
                        .withMetadata(metadata)
                        .withAcl(List.of("group:a")));
        DocumentChange referring =
                writtenAndRead(ChangeEnvelope.upsert(KEY, new ChangeOrder(1, 8), TIME, "text/markdown", reference));
        DocumentChange patch = writtenAndRead(
                ChangeEnvelope.patch(KEY, new ChangeOrder(1, 9), TIME).withMetadata(metadata));
        DocumentChange delete = writtenAndRead(ChangeEnvelope.delete(KEY, new ChangeOrder(1, 10), null));
        DocumentChange filtered =
                writtenAndRead(ChangeEnvelope.deleteByFilter("acme", new ChangeOrder(1, 11), TIME, metadata, "a/"));

        assertThat(upsert.key()).isEqualTo(KEY);
        assertThat(upsert.order()).isEqualTo(new ChangeOrder(1, 7));
        assertThat(upsert.eventTime()).isEqualTo(TIME);
        assertThat(upsert.text()).isEqualTo("# Text");
        assertThat(upsert.fields())
                .isEqualTo(new DocumentFields(
                        "Title",
                        "https://example.org",
                        "text/markdown",
                        "{\"team\":\"platform\"}",
                        List.of("group:a")));
        assertThat(referring.reference()).isEqualTo(reference);
        assertThat(patch.patch()).isEqualTo(new FieldsPatch("{\"team\":\"platform\"}", null));
        assertThat(delete.operation()).isEqualTo(Operation.DELETE);
        assertThat(filtered.tenant()).isEqualTo("acme");
        assertThat(filtered.filter()).isEqualTo(new DocumentFilter(List.of("team=platform"), "a/"));
    }

    private static DocumentChange writtenAndRead(ChangeEnvelope envelope) {
        assertConforms("document-change", envelope.json().toString());
        RawRecord raw = new RawRecord(ORIGIN, 0, envelope.recordKey(), envelope.recordValue(), List.of());
        assertThat(Records.ignoredFields(raw)).isZero();
        return Records.understood(raw);
    }

    /** Receipts are read by whoever waits for a change: every operation has the name there that it has in the change. */
    @ParameterizedTest
    @EnumSource
    void anOperationHasOneNameInChangesAndReceipts(Operation operation) {
        JsonNode inChanges = Schemas.json("document-change").at("/properties/op/enum");
        JsonNode inReceipts = Schemas.json("index-change").at("/properties/operation/enum");

        assertThat(inChanges).isEqualTo(inReceipts);
        assertThat(inChanges).contains(TextNode.valueOf(operation.name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void receiptsConformAndAreReadBackAsTheyWere() {
        ChangeReceipt receipt = new ChangeReceipt(
                "acme",
                "a",
                Operation.UPSERT,
                0,
                7,
                ChangeReceipt.Outcome.APPLIED,
                5,
                2,
                3,
                1,
                2,
                400,
                TIME,
                TIME,
                false,
                ORIGIN);

        byte[] json = ReceiptJson.write(receipt);

        assertConforms("index-change", new String(json, StandardCharsets.UTF_8));
        assertThat(ReceiptJson.read(json)).isEqualTo(receipt);
    }

    @Test
    void deadLettersConformAndKeepTheBytesOfTheRecord() {
        RawRecord raw = new RawRecord(
                ORIGIN, 0, new byte[] {1, -1}, new byte[] {0, -2}, List.of(new RawHeader("trace", new byte[] {9})));
        DeadLetter letter = DeadLetter.ofRecord(
                raw, Changes.upsert("a", 1, "x").key(), "parse", "not_utf8", "the value is not UTF-8", TIME);

        byte[] json = DeadLetterJson.write(letter);

        assertConforms("dead-letter", new String(json, StandardCharsets.UTF_8));
        assertThat(DeadLetterJson.read(json)).usingRecursiveComparison().isEqualTo(letter);
    }

    @Test
    void commandsConformAndAreReadBackAsTheyWere() {
        ControlCommand command = new ControlCommand(
                ControlCommand.Kind.REPAIR, "repair-1", TIME, null, List.of("acme/guides/restart.md"));

        byte[] json = ControlJson.write(command);

        assertConforms("control-command", new String(json, StandardCharsets.UTF_8));
        assertThat(ControlJson.read(json)).isEqualTo(command);
    }

    @Test
    void resolutionsConformAndAreReadBackAsTheyWere() {
        for (Resolution.Action action : Resolution.Action.values()) {
            Resolution resolution = new Resolution(action, TIME);

            byte[] json = ResolutionJson.write(resolution);

            assertConforms("dead-letter-resolution", new String(json, StandardCharsets.UTF_8));
            assertThat(ResolutionJson.read(json)).isEqualTo(resolution);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ControlCommand.Kind.class,
            names = {"REBUILT", "ABANDONED"})
    void whatTheJobSaysOfARebuildConformsAndIsReadBackAsItWas(ControlCommand.Kind kind) {
        ControlCommand said = new ControlCommand(kind, "mapping-2", TIME, null, List.of()).of("mapping-2-0a1b2c3d");

        byte[] json = ControlJson.write(said);

        assertConforms("control-command", new String(json, StandardCharsets.UTF_8));
        assertThat(ControlJson.read(json)).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Upper", "a/b", "a*", "", "12345678901234567890123456789012345678901234567890123456789012345"})
    void anIdThatNoIndexCanBeNamedAfterIsRefused(String id) {
        byte[] json = ControlJson.write(new ControlCommand(ControlCommand.Kind.REBUILD, id, TIME, null, List.of()));

        assertThatThrownBy(() -> ControlJson.read(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void watermarksConformAndAreReadBackAsTheyWere() {
        OutcomeCounts counts = new OutcomeCounts(28, 7, 6, 5, 4, 3, 3);
        IndexWatermark watermark = new IndexWatermark("documents", 3, 42, TIME, counts, TIME.plusMillis(1));
        IndexWatermark first = new IndexWatermark("documents", 3, -1, null, OutcomeCounts.NONE.read(), TIME);

        for (IndexWatermark each : List.of(watermark, first)) {
            byte[] json = WatermarkJson.write(each);
            assertConforms("index-watermark", new String(json, StandardCharsets.UTF_8));
            assertThat(WatermarkJson.read(json)).isEqualTo(each);
        }
    }

    @Test
    void theExampleOfAWatermarkAddsUp() {
        JsonNode example = Schemas.json("index-watermark").at("/examples/0");

        assertConforms("index-watermark", example.toString());
        OutcomeCounts counts = WatermarkJson.read(Json.bytes(example)).counts();
        assertThat(counts.applied()
                        + counts.unchanged()
                        + counts.superseded()
                        + counts.deadLettered()
                        + counts.parked()
                        + counts.pending())
                .isEqualTo(counts.records());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"topic\":\"documents\",\"partition\":0}", "{\"topic\":7}"})
    void whatIsNoWatermarkIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WatermarkJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("watermark");
    }

    private static void assertConforms(String schema, String json) {
        assertThat(Schemas.violations(schema, json)).isEmpty();
    }
}
