package dev.freshet.engines.opensearch;

import static dev.freshet.engines.opensearch.SharedOpenSearch.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.index.IndexWrites;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the indices come to be in a real OpenSearch, and what is done about those that are there already. */
final class OpenSearchIndexAdminIT {
    @RegisterExtension
    static final SharedOpenSearch OPEN_SEARCH = new SharedOpenSearch();

    private final OpenSearchIndexAdmin admin = OPEN_SEARCH.admin();

    /** Where there is none, as several processes do that start together. */
    @BeforeAll
    static void ensureIndicesAtOnce() {
        assertThat(OPEN_SEARCH.admin().ready()).isFalse();
        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.runAsync(
                                () -> OPEN_SEARCH.admin().ensureIndices(MODEL)))
                        .toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void theIndicesAreReadyAndStayThatWay() {
        admin.ensureIndices(MODEL);

        assertThat(admin.ready()).isTrue();
    }

    @Test
    void anIndexOfAnEarlierReleaseGetsTheFieldsThatItLacks() {
        String old = "freshet-documents-of-earlier";
        OPEN_SEARCH.request(
                "PUT",
                "/" + old,
                "{\"mappings\":{\"dynamic\":\"strict\",\"properties\":{\"title\":{\"type\":\"text\",\"analyzer\":\"english\"}}}}");
        OPEN_SEARCH.request(
                "POST",
                "/_aliases",
                "{\"actions\":[{\"add\":{\"index\":\"%s\",\"alias\":\"freshet-documents\"}}]}".formatted(old));
        try {
            admin.ensureIndices(MODEL);

            OPEN_SEARCH.request("PUT", "/" + old + "/_doc/1", "{\"title\":\"x\",\"language\":\"en\"}");
        } finally {
            OPEN_SEARCH.request("DELETE", "/" + old, "");
        }
    }

    /** The job and the query API both ask this before they do anything else with the index. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("othersByTheFieldThatDiffers")
    void anotherModelIsRefusedWithTheFieldThatDiffers(String field, String held, String ours, ModelIdentity other) {
        assertThatThrownBy(() -> admin.ensureIndices(other))
                .isInstanceOf(IncompatibleIndexException.class)
                .hasMessageContaining("freshet-chunks")
                .hasMessageContaining(
                        "and they must not meet: its %s is %s, but this one's is %s. Start it", field, held, ours);
    }

    static Stream<Arguments> othersByTheFieldThatDiffers() {
        int dimension = IndexWrites.DIMENSION;
        return Stream.of(
                other("name", "\"test-model\"", "\"x\"", "x", "", "abc123", "mean", "l2", "", "", dimension, 512),
                other("revision", "\"\"", "\"2\"", "test-model", "2", "abc123", "mean", "l2", "", "", dimension, 512),
                other("checksum", "\"abc123\"", "\"d\"", "test-model", "", "d", "mean", "l2", "", "", dimension, 512),
                other(
                        "pooling",
                        "\"mean\"",
                        "\"cls\"",
                        "test-model",
                        "",
                        "abc123",
                        "cls",
                        "l2",
                        "",
                        "",
                        dimension,
                        512),
                other(
                        "normalisation",
                        "\"l2\"",
                        "\"none\"",
                        "test-model",
                        "",
                        "abc123",
                        "mean",
                        "none",
                        "",
                        "",
                        dimension,
                        512),
                other(
                        "query prefix",
                        "\"\"",
                        "\"q: \"",
                        "test-model",
                        "",
                        "abc123",
                        "mean",
                        "l2",
                        "q: ",
                        "",
                        dimension,
                        512),
                other(
                        "passage prefix",
                        "\"\"",
                        "\"p: \"",
                        "test-model",
                        "",
                        "abc123",
                        "mean",
                        "l2",
                        "",
                        "p: ",
                        dimension,
                        512),
                other("dimension", "" + dimension, "8", "test-model", "", "abc123", "mean", "l2", "", "", 8, 512),
                other("max tokens", "512", "256", "test-model", "", "abc123", "mean", "l2", "", "", dimension, 256));
    }

    private static Arguments other(
            String field,
            String held,
            String ours,
            String name,
            String revision,
            String checksum,
            String pooling,
            String normalisation,
            String queryPrefix,
            String passagePrefix,
            int dimension,
            int maxTokens) {
        ModelIdentity other = new ModelIdentity(
                name, revision, checksum, pooling, normalisation, queryPrefix, passagePrefix, dimension, maxTokens);
        return Arguments.of(field, held, ours, other);
    }
}
