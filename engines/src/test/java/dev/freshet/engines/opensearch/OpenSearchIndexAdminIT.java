package dev.freshet.engines.opensearch;

import static dev.freshet.engines.opensearch.SharedOpenSearch.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.index.IndexWrites;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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

    @Test
    void anotherModelIsRefused() {
        ModelIdentity other = new ModelIdentity("other-model", "def", "cls", "", "", IndexWrites.DIMENSION, 512);

        assertThatThrownBy(() -> admin.ensureIndices(other))
                .isInstanceOf(IncompatibleIndexException.class)
                .hasMessageContaining("test-model (%d floats, abc123)", IndexWrites.DIMENSION)
                .hasMessageContaining("other-model (%d floats, def)", IndexWrites.DIMENSION);
    }
}
