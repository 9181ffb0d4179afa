package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    private final Outcomes outcomes = new Outcomes();

    @Test
    void addsUpWhatBecameOfTheChanges() throws Exception {
        outcomes.applied(receipt("a", "applied", 3, 3, 0, 3, 90));
        outcomes.applied(receipt("a", "applied", 4, 1, 3, 1, 20));
        outcomes.applied(receipt("b", "unchanged", 2, 0, 2, 0, 0));
        outcomes.applied(receipt("b", "superseded", 0, 0, 0, 0, 0));
        outcomes.deadLetter(new ObjectMapper().readTree("{\"reason\":\"malformed_json\"}"));

        assertThat(outcomes.documents()).isEqualTo(2);
        assertThat(outcomes.count("applied")).isEqualTo(2);
        assertThat(outcomes.count("unchanged")).isEqualTo(1);
        assertThat(outcomes.count("superseded")).isEqualTo(1);
        assertThat(outcomes.deadLettersByReason()).isEqualTo(Map.of("malformed_json", 1L));
        assertThat(outcomes.chunks()).as("live chunks of the newest versions").isEqualTo(6);
        assertThat(outcomes.chunksEmbedded()).isEqualTo(4);
        assertThat(outcomes.chunksReused()).isEqualTo(5);
        assertThat(outcomes.tokensEmbedded()).isEqualTo(110);
    }

    private static JsonNode receipt(
            String id, String outcome, int chunks, int added, int kept, int embedded, int tokens) {
        return new ObjectMapper()
                .createObjectNode()
                .put("tenant", "default")
                .put("id", id)
                .put("outcome", outcome)
                .put("chunks", chunks)
                .put("chunks_added", added)
                .put("chunks_kept", kept)
                .put("chunks_embedded", embedded)
                .put("tokens_embedded", tokens);
    }
}
