package dev.freshet.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class FacetKeysTest {
    private final JsonMapper json = new JsonMapper();

    @Test
    void everyKeyWithAFacetIsThereOnce() throws Exception {
        var metadata = json.readTree(
                "{\"s\":\"v\",\"n\":1,\"b\":false,\"list\":[\"x\",\"y\"],\"empty\":[],\"none\":null,\"nulls\":[null],\"deep\":{\"k\":1}}");

        assertThat(FacetKeys.of(metadata, null)).containsExactly("s", "n", "b", "list");
        assertThat(FacetKeys.of(metadata, "en")).containsExactly("s", "n", "b", "list", "language");
        assertThat(Facets.of(metadata, "en"))
                .allSatisfy(facet ->
                        assertThat(FacetKeys.of(metadata, "en")).contains(facet.substring(0, facet.indexOf('='))));
    }

    @Test
    void theDocumentsOwnLanguageKeyIsNotTwice() throws Exception {
        assertThat(FacetKeys.of(json.readTree("{\"language\":\"x\"}"), "en")).containsExactly("language");
        assertThat(FacetKeys.of(json.readTree("{\"language\":null}"), "en")).isEmpty();
    }
}
