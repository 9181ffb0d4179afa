package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an index gets that is older than some fields. */
class OlderIndexTest {
    private static final ModelIdentity MODEL = new ModelIdentity("model", "", "mean", "", "", 1024, 512);

    @ParameterizedTest
    @EnumSource(SearchIndex.class)
    void anIndexOfTodayLacksNothing(SearchIndex index) {
        OlderIndex today = older(index, IndexDefinitions.of(index, "alias", MODEL));

        assertThat(today.missingFields()).isEmpty();
        assertThat(today.fieldsOfARebuild()).isEmpty();
    }

    @Test
    void anOlderOneGetsTheFieldsThatCameSinceAlsoInsideOfOthers() {
        ObjectNode held = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL);
        ((ObjectNode) held.at("/mappings/properties")).remove("facet_keys");
        ((ObjectNode) held.at("/mappings/properties/in_language/properties")).remove("sv");
        ((ObjectNode) held.at("/mappings/properties/in_language/properties/de/properties")).remove("text");

        ObjectNode missing = older(SearchIndex.CHUNKS, held).missingFields();

        assertThat(missing.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("facet_keys", "in_language");
        JsonNode languages = missing.at("/in_language/properties");
        assertThat(languages).hasSize(2);
        assertThat(languages.at("/sv/properties")).hasSize(3);
        assertThat(languages.at("/de/properties").toString())
                .isEqualTo("{\"text\":{\"type\":\"text\",\"analyzer\":\"german\"}}");
    }

    @Test
    void oneWithoutGraphsGetsVectorsWithoutOneAndOneWithoutTheFiltersOfWordsTheAnalyzerThatItKnows() {
        ObjectNode held = IndexDefinitions.of(SearchIndex.DOCUMENTS, "alias", MODEL);
        ((ObjectNode) held.at("/settings/index")).remove(List.of("knn", "analysis"));
        ((ObjectNode) held.at("/mappings/properties")).remove(List.of("summary", "about"));

        OlderIndex older = older(SearchIndex.DOCUMENTS, held);

        assertThat(older.missingFields().toString())
                .isEqualTo(
                        "{\"about\":{\"type\":\"text\",\"analyzer\":\"english\"},\"summary\":{\"type\":\"knn_vector\",\"dimension\":1024}}");
        assertThat(older.fieldsOfARebuild()).containsExactly("about", "summary");
    }

    @Test
    void aFieldThatIsThereInAnotherFormStaysUntilARebuild() {
        ObjectNode held = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL);
        held.withObject("/mappings/properties/token_vectors").put("doc_values", false);

        OlderIndex older = older(SearchIndex.CHUNKS, held);

        assertThat(older.missingFields()).isEmpty();
        assertThat(older.fieldsOfARebuild()).containsExactly("token_vectors");
    }

    private static OlderIndex older(SearchIndex index, JsonNode held) {
        return OlderIndex.of(held, IndexDefinitions.of(index, "alias", MODEL));
    }
}
