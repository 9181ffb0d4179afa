package dev.freshet.engines.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.engines.embedding.openai.ApiKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LlmSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "http://host:8080,http://host:8080/v1/chat/completions",
        "http://host:8080/,http://host:8080/v1/chat/completions",
        "https://host/v1,https://host/v1/chat/completions",
        "https://host/v1/,https://host/v1/chat/completions",
        "https://host/a/chat/completions?api-version=1,https://host/a/chat/completions?api-version=1"
    })
    void theUrlIsAServerABaseOrAWhole(String given, String asked) {
        assertThat(ChatEndpoint.of(given).url()).hasToString(asked);
    }

    @Test
    void anEndpointIsNamedWithoutItsQuery() {
        assertThat(ChatEndpoint.of("https://host/v1?sig=hidden")).hasToString("https://host/v1/chat/completions");
    }

    @Test
    void whatIsRightHasNoProblems() {
        assertThat(settings("https://host/v1", "model", ApiKey.NONE, 16).problems())
                .isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAndNoSecret() {
        ApiKey both = new ApiKey("file", "VARIABLE", "no header");

        assertThat(settings("sk-hidden", " ", both, 0).problems())
                .hasSize(5)
                .noneMatch(problem -> problem.contains("hidden"))
                .anyMatch(problem -> problem.contains("--llm-url must"))
                .anyMatch(problem -> problem.contains("--llm-model"))
                .anyMatch(problem -> problem.contains("exclude each other"))
                .anyMatch(problem -> problem.contains("--llm-key-header"))
                .anyMatch(problem -> problem.contains("--llm-concurrency"));
        assertThat(settings("https://user:hidden@host/v1", "model", ApiKey.NONE, 1)
                        .problems())
                .singleElement()
                .asString()
                .contains("password")
                .doesNotContain("hidden");
    }

    @Test
    void nothingIsStatedWhereNothingNamesAModel() {
        assertThat(LlmSettings.stated(null, null, ApiKey.NONE, LlmSettings.DEFAULT_TIMEOUT, 16))
                .isNull();
        assertThat(LlmSettings.stated("http://host", null, ApiKey.NONE, LlmSettings.DEFAULT_TIMEOUT, 16))
                .isEqualTo(settings("http://host", "", ApiKey.NONE, 16));
    }

    private static LlmSettings settings(String url, String model, ApiKey key, int concurrency) {
        return new LlmSettings(url, model, key, LlmSettings.DEFAULT_TIMEOUT, concurrency);
    }
}
