package dev.freshet.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.Resolution;
import dev.freshet.core.document.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the topics carry is what the JSON Schemas say, in both directions. */
class TopicContractTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    private static final SourcePosition ORIGIN = new SourcePosition("documents", 3, 42);

    @Test
    void theExamplesOfTheSchemaAreChangesThatFreshetUnderstands() throws IOException {
        JsonNode examples = Json.MAPPER.readTree(text("document-change")).required("examples");

        assertThat(examples).hasSizeGreaterThan(1).allSatisfy(example -> {
            assertConforms("document-change", example.toString());
            RawRecord raw = new RawRecord(
                    ORIGIN,
                    0,
                    "default/guides/restart.md".getBytes(StandardCharsets.UTF_8),
                    Json.bytes(example),
                    List.of());
            assertThat(new NativeEnvelope(10_000).read(raw)).isInstanceOf(EnvelopeOutcome.Understood.class);
        });
    }

    @Test
    void whatTheProducerWritesConformsAndIsReadBackAsItWas() {
        DocumentKey key = new DocumentKey("acme", "a/b.md");
        ChangeEnvelope upsert = new ChangeEnvelope(
                Operation.UPSERT,
                key,
                new ChangeOrder(1, 7),
                TIME,
                "Title",
                "text/markdown",
                "# Text",
                "https://example.org",
                Json.MAPPER.createObjectNode().put("team", "platform"),
                List.of("group:a"));

        assertConforms("document-change", new String(upsert.recordValue(), StandardCharsets.UTF_8));
        assertConforms(
                "document-change",
                new String(
                        ChangeEnvelope.delete(key, new ChangeOrder(0, 8), TIME).recordValue(), StandardCharsets.UTF_8));
        EnvelopeOutcome outcome = new NativeEnvelope(10_000)
                .read(new RawRecord(ORIGIN, 0, upsert.recordKey(), upsert.recordValue(), List.of()));
        assertThat(outcome).isInstanceOfSatisfying(EnvelopeOutcome.Understood.class, understood -> {
            assertThat(understood.change().key()).isEqualTo(key);
            assertThat(understood.change().order()).isEqualTo(new ChangeOrder(1, 7));
            assertThat(understood.change().eventTime()).isEqualTo(TIME);
            assertThat(understood.change().text()).isEqualTo("# Text");
            assertThat(understood.ignoredFields()).isZero();
        });
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

    private static void assertConforms(String schema, String json) {
        assertThat(schema(schema).validate(json, InputFormat.JSON)).isEmpty();
    }

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(name), InputFormat.JSON);
    }

    private static String text(String name) {
        String resource = "/freshet/schemas/" + name + ".schema.json";
        try (InputStream schema = TopicContractTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(schema, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }
}
