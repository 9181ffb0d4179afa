package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.core.document.VersionClock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopesTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Envelopes envelopes =
            new Envelopes("acme", Map.of("team", "docs"), new VersionClock(() -> Instant.ofEpochSecond(7)));

    @Test
    void aFileBecomesAnUpsertWithItsContentType() throws Exception {
        Change change = envelopes.upsert("docs/a.md", "# A", TIME);
        assertThat(change.key()).isEqualTo("acme/docs/a.md");
        JsonNode envelope = json(change);
        assertThat(envelope.path("op").asText()).isEqualTo("upsert");
        assertThat(envelope.path("content_type").asText()).isEqualTo("text/markdown");
        assertThat(envelope.path("version").asLong()).isEqualTo(7_000_000);
        assertThat(envelope.path("event_time").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(envelope.path("metadata").path("team").asText()).isEqualTo("docs");
        assertThat(json(envelopes.upsert("b.txt", "b", TIME))
                        .path("content_type")
                        .asText())
                .isEqualTo("text/plain");
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

    private static JsonNode json(Change change) throws Exception {
        return new ObjectMapper().readTree(change.value());
    }
}
