package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.core.document.VersionClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopesTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Envelopes envelopes =
            new Envelopes("acme", Map.of("team", "docs"), new VersionClock(() -> Instant.ofEpochSecond(7)));

    @Test
    void aFileBecomesAnUpsertWithItsContentType() throws Exception {
        Change change = envelopes.upsert("docs/a.md", utf8("# A"), TIME);
        assertThat(change.key()).isEqualTo("acme/docs/a.md");
        JsonNode envelope = json(change);
        assertThat(envelope.path("op").asText()).isEqualTo("upsert");
        assertThat(envelope.path("content_type").asText()).isEqualTo("text/markdown");
        assertThat(envelope.path("version").asLong()).isEqualTo(7_000_000);
        assertThat(envelope.path("event_time").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(envelope.path("metadata").path("team").asText()).isEqualTo("docs");
        assertThat(envelope.path("content").asText()).isEqualTo("# A");
    }

    @ParameterizedTest
    @CsvSource({
        "b.txt, text/plain",
        "b.html, text/html",
        "b.EML, message/rfc822",
        "b.py, text/x-python",
        "b.rs, text/x-rust",
        "b.hxx, text/x-c++"
    })
    void textTravelsAsItIsWithTheTypeOfItsEnding(String id, String type) throws Exception {
        JsonNode envelope = json(envelopes.upsert(id, utf8("größer"), TIME));

        assertThat(envelope.path("content_type").asText()).isEqualTo(type);
        assertThat(envelope.path("content").asText()).isEqualTo("größer");
    }

    @ParameterizedTest
    @CsvSource({
        "b.pdf, application/pdf",
        "b.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "b.pptx, application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "b.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    })
    void whatIsNoTextTravelsAsItsBytes(String id, String type) throws Exception {
        byte[] file = {'a', 'b', (byte) 0xFF, 0};
        JsonNode envelope = json(envelopes.upsert(id, file, TIME));

        assertThat(envelope.path("content_type").asText()).isEqualTo(type);
        assertThat(envelope.path("content_base64").binaryValue()).isEqualTo(file);
        assertThat(envelope.has("content")).isFalse();
    }

    @Test
    void aBackfillSaysSoWhereTheEventDoesNotSayItself() throws Exception {
        Envelopes backfill = new Envelopes("acme", Map.of(), new VersionClock(() -> TIME), true);

        assertThat(json(backfill.upsert("a.md", utf8("# A"), TIME))
                        .path("priority")
                        .asText())
                .isEqualTo("backfill");
        assertThat(json(backfill.event("{\"op\":\"upsert\",\"id\":\"a\"}"))
                        .path("priority")
                        .asText())
                .isEqualTo("backfill");
        assertThat(json(backfill.event("{\"op\":\"upsert\",\"id\":\"a\",\"priority\":\"live\"}"))
                        .path("priority")
                        .asText())
                .isEqualTo("live");
        assertThat(json(envelopes.upsert("a.md", utf8("# A"), TIME)).has("priority"))
                .isFalse();
    }

    @Test
    void textInAnotherCharsetTravelsAsItsBytes() throws Exception {
        byte[] latin = "größer".getBytes(StandardCharsets.ISO_8859_1);
        JsonNode envelope = json(envelopes.upsert("b.txt", latin, TIME));

        assertThat(envelope.path("content_base64").binaryValue()).isEqualTo(latin);
    }

    @Test
    void aDeleteHasNoContent() throws Exception {
        JsonNode envelope = json(envelopes.delete("a.md", TIME));
        assertThat(envelope.path("op").asText()).isEqualTo("delete");
        assertThat(envelope.has("content")).isFalse();
        assertThat(envelope.has("metadata")).isFalse();
    }

    @Test
    void anEventKeepsWhatItSaysAndGetsWhatItLacks() throws Exception {
        Change complete = envelopes.event("{\"op\":\"delete\",\"id\":\"x\",\"tenant\":\"other\",\"version\":3}");
        assertThat(complete.key()).isEqualTo("other/x");
        assertThat(json(complete).path("version").asLong()).isEqualTo(3);

        Change bare = envelopes.event("{\"op\":\"delete\",\"id\":\"x\"}");
        assertThat(bare.key()).isEqualTo("acme/x");
        assertThat(json(bare).path("tenant").asText()).isEqualTo("acme");
        assertThat(json(bare).path("version").asLong()).isEqualTo(7_000_000);
    }

    @Test
    void aDeleteByFilterIsOfTheTenantOfTheCommandUnlessItNamesOne() throws Exception {
        Change change = envelopes.event("{\"op\":\"delete_by_filter\",\"filter\":{\"id_prefix\":\"a\"}}");
        assertThat(change.key()).isEqualTo("acme/");
        assertThat(json(change).path("tenant").asText()).isEqualTo("acme");
        assertThat(json(change).path("version").asLong()).isEqualTo(7_000_000);
    }

    @Test
    void inputThatIsNoEventGoesOnAsItIs() {
        String cloudEvent = "{\"specversion\":\"1.0\",\"id\":\"e-1\"}";
        assertThat(envelopes.event(cloudEvent)).isEqualTo(new Change(null, cloudEvent));
        assertThat(envelopes.event("{\"op\":")).isEqualTo(new Change(null, "{\"op\":"));
        assertThat(envelopes.event("[1]")).isEqualTo(new Change(null, "[1]"));
        assertThat(envelopes.event("{\"op\":\"upsert\"}")).isEqualTo(new Change(null, "{\"op\":\"upsert\"}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(Change change) throws Exception {
        return new ObjectMapper().readTree(change.value());
    }
}
