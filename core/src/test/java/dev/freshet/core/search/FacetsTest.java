package dev.freshet.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

final class FacetsTest {
    private final JsonMapper json = new JsonMapper();

    @Test
    void scalarsAndTheElementsOfArraysAreFacets() throws Exception {
        assertThat(
                        Facets.of(
                                json.readTree(
                                        "{\"s\":\"v\",\"n\":2026,\"b\":true,\"list\":[\"x\",\"y\",\"x\"],\"none\":null,\"deep\":{\"k\":1}}")))
                .containsExactly("s=v", "n=2026", "b=true", "list=x", "list=y");
    }

    @Test
    void equalNumbersHaveEqualFacets() throws Exception {
        assertThat(Facets.of(json.readTree("{\"n\":[1,1.0,1e0,10E-1]}"))).containsExactly("n=1");
        assertThat(Facets.of(json.readTree("{\"n\":[0.5,5e-1]}"))).containsExactly("n=0.5");
    }

    @Test
    void aHugeExponentIsNotWrittenOut() throws Exception {
        assertThat(Facets.of(json.readTree("{\"n\":1e300}"))).containsExactly("n=1E+300");
    }

    @Test
    void anEqualsSignInAKeyIsNoSeparator() {
        assertThat(Facets.of("a=b", "c")).isNotEqualTo(Facets.of("a", "b=c"));
    }
}
