package dev.freshet.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AboutTextTest {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    @ParameterizedTest
    @CsvSource({
        "docs/gettingStarted.md, docs getting Started",
        "a/b_c-d e, a b c d e",
        "HTTPServerConfig.java, HTTP Server Config",
        "release-v1.2, release v1 2",
        "kb:4711, kb 4711",
        "https://acme.example/guide/setUp.html?page=2#first-steps, guide set Up page 2 first steps",
        "größeÄndern, größe Ändern",
        ".gitignore, gitignore",
        "notes/.env, notes env"
    })
    void anIdIsTakenApart(String id, String words) {
        assertThat(AboutText.of(id, null, NOTHING)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.example:8080/wiki/HR-Policy.pdf, x wiki HR Policy",
        "https://acme.example, x",
        "file:///srv/docs/plan.docx, x srv docs plan",
        "urn:isbn:4711, x isbn 4711",
        "https://acme.example/Getting%20started+now, x Getting started now",
        "https://acme.example/100%-sure, x 100 sure"
    })
    void aUriHasTheWordsOfItsPath(String uri, String words) {
        assertThat(AboutText.of("x", uri, NOTHING)).isEqualTo(words);
    }

    @Test
    void textsOfTheMetadataFollowAndNothingIsThereTwice() throws Exception {
        JsonNode metadata = new JsonMapper()
                .readTree(
                        "{\"team\":\"Search Platform\",\"tags\":[\"guide\",\"on call\",\"on call\"],\"year\":2026,\"live\":true,\"none\":null,\"blank\":\" \"}");

        assertThat(AboutText.of("guide", "https://acme.example/guide", metadata))
                .isEqualTo("guide Search Platform on call");
    }

    @Test
    void itIsCutBehindAWord() {
        JsonNode metadata = JsonNodeFactory.instance.objectNode().put("d", "word ".repeat(1000));

        assertThat(AboutText.of("x", null, metadata))
                .hasSizeBetween(AboutText.MAX_LENGTH - 5, AboutText.MAX_LENGTH)
                .endsWith("word");
    }

    @Property
    void itHasNoMoreThanSoManyCharactersAndNoHalfOnes(@ForAll String id, @ForAll String value) {
        JsonNode metadata = JsonNodeFactory.instance.objectNode().put("d", value.repeat(50));

        String about = AboutText.of(id.repeat(50), id, metadata);

        assertThat(about.length()).isLessThanOrEqualTo(AboutText.MAX_LENGTH);
    }

    @Test
    void aPairOfSurrogatesIsNotCutApart() {
        String about = AboutText.of("a" + "\uD83D\uDE00".repeat(AboutText.MAX_LENGTH), null, NOTHING);
        String metadata = AboutText.of(
                "", null, JsonNodeFactory.instance.objectNode().put("d", "a" + "\uD840\uDC00".repeat(1500)));

        assertThat(about).isEqualTo("a");
        assertThat(metadata).hasSize(AboutText.MAX_LENGTH - 1);
        assertThat(Character.isLowSurrogate(metadata.charAt(metadata.length() - 1)))
                .isTrue();
    }
}
