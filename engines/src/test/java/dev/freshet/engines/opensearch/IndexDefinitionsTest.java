package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IndexDefinitionsTest {
    private static final ModelIdentity MODEL = new ModelIdentity("model", "", "mean", "", "", 384, 512);

    @Test
    void anIndexOfTodayLacksNothing() {
        ObjectNode today = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL);

        assertThat(IndexDefinitions.missingFields(SearchIndex.CHUNKS, mappings(today)))
                .isEmpty();
    }

    @Test
    void anIndexOfAnOlderVersionLearnsTheFieldsThatCameSince() {
        ObjectNode older = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL);
        ((ObjectNode) older.at("/mappings/properties")).remove("chunk");

        ObjectNode missing = IndexDefinitions.missingFields(SearchIndex.CHUNKS, mappings(older));

        assertThat(missing.properties()).extracting(field -> field.getKey()).containsExactly("chunk");
        assertThat(missing.at("/chunk/properties/near_duplicate_keys/type").asText())
                .isEqualTo("keyword");
    }

    /** As {@code _mapping} answers of one index. */
    private static ObjectNode mappings(ObjectNode definition) {
        ObjectNode answer = (ObjectNode) BlockingRequests.parse("{}".getBytes(StandardCharsets.UTF_8));
        answer.putObject("freshet-chunks-v1").set("mappings", definition.get("mappings"));
        return answer;
    }
}
