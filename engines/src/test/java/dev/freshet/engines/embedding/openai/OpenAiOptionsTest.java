package dev.freshet.engines.embedding.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenAiOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "http://host:8080,http://host:8080/v1/embeddings",
        "http://host:8080/,http://host:8080/v1/embeddings",
        "https://host/v1,https://host/v1/embeddings",
        "https://host/v1/,https://host/v1/embeddings",
        "https://host/some/embeddings?api-version=1,https://host/some/embeddings?api-version=1"
    })
    void theUrlIsAServerABaseOrAWhole(String given, String asked) {
        assertThat(Endpoint.of(given).url()).hasToString(asked);
    }

    @Test
    void anEndpointIsNamedWithoutItsQuery() {
        assertThat(Endpoint.of("https://host/v1?sig=hidden")).hasToString("https://host/v1/embeddings");
    }

    @Test
    void whatIsRightHasNoProblems() {
        assertThat(options("https://host/v1", "model", ApiKey.NONE, 0, false).problems())
                .isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAndNoSecret() {
        ApiKey both = new ApiKey("file", "VARIABLE", "no header");

        assertThat(options("sk-hidden", " ", both, -1, true).problems())
                .hasSize(6)
                .noneMatch(problem -> problem.contains("hidden"))
                .anyMatch(problem -> problem.contains("--embedder-url"))
                .anyMatch(problem -> problem.contains("--embedder-model"))
                .anyMatch(problem -> problem.contains("exclude each other"))
                .anyMatch(problem -> problem.contains("--embedder-key-header"))
                .anyMatch(problem -> problem.contains("--embedder-dimension must"))
                .anyMatch(problem -> problem.contains("--embedder-shorten"));
        assertThat(options("https://user:hidden@host/v1", "model", ApiKey.NONE, 0, false)
                        .problems())
                .singleElement()
                .asString()
                .contains("password")
                .doesNotContain("hidden");
    }

    private static OpenAiOptions options(String url, String model, ApiKey key, int dimension, boolean shorten) {
        return new OpenAiOptions(url, model, key, dimension, shorten, "", "", Duration.ofSeconds(1));
    }
}
