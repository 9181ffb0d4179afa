package dev.freshet.engines.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.onnx.TinyCrossEncoder;
import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.rerank.crossencoder.CrossEncoderOptions;
import dev.freshet.engines.rerank.crossencoder.DownloadOptions;
import dev.freshet.engines.rerank.http.HttpRerankerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RerankersTest {
    private static final HttpRerankerOptions HTTP =
            new HttpRerankerOptions("http://localhost:1/rerank", "tei", "", ApiKey.NONE, Duration.ofSeconds(1), 32);

    @TempDir
    private Path folder;

    @Test
    void lateInteractionIsAlwaysThere() {
        assertThat(Rerankers.open(RerankerSettings.standard())).containsOnlyKeys("late_interaction");
        assertThat(Rerankers.open(new RerankerSettings(null, null))).containsOnlyKeys("late_interaction");
    }

    @Test
    void allThatHaveOptionsAreOpened() {
        CrossEncoderOptions crossEncoder =
                CrossEncoderOptions.at(new TinyCrossEncoder().write(folder).toString(), 1);

        Map<String, Reranker> rerankers = Rerankers.open(new RerankerSettings(crossEncoder, HTTP));

        assertThat(rerankers).containsOnlyKeys("late_interaction", "cross_encoder", "http");
        rerankers.forEach((name, reranker) -> {
            assertThat(reranker.name()).isEqualTo(name);
            reranker.close();
        });
    }

    @Test
    void whatIsWrongWithTheFilesIsSaid() {
        CrossEncoderOptions nowhere =
                CrossEncoderOptions.at(folder.resolve("nowhere").toString(), 1);

        assertThatThrownBy(() -> Rerankers.open(new RerankerSettings(nowhere, HTTP)))
                .isInstanceOf(RerankerMisconfiguredException.class)
                .hasMessageContainingAll("--reranker-model-path", "nowhere", "where the query API runs");
    }

    @Test
    void settingsThatAreRightHaveNoProblems() {
        String sha256 = "0123456789abcdefABCDEF".repeat(3).substring(0, 64);
        DownloadOptions download = new DownloadOptions(
                "https://models.example/model.onnx",
                sha256,
                "http://models.internal/tokenizer.json",
                sha256,
                folder.toString(),
                DownloadOptions.LARGEST_FILE,
                DownloadOptions.DEADLINE,
                Set.of("models.internal"));

        assertThat(new RerankerSettings(new CrossEncoderOptions(null, download, 256, 4_096, 512, 2, "auto", 0), HTTP)
                        .problems())
                .isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNoSecret() {
        DownloadOptions download = new DownloadOptions(
                "http://models.example/model.onnx",
                "abc",
                "file:///hidden",
                "",
                " ",
                0,
                Duration.ZERO,
                Set.of("models.internal"));
        CrossEncoderOptions crossEncoder = new CrossEncoderOptions("both", download, 4, 3, 0, 0, "tpu", -1);
        HttpRerankerOptions http = new HttpRerankerOptions(
                "sk-hidden", "voyage", " ", new ApiKey("a", "B", "no header"), Duration.ZERO, -1);

        assertThat(new RerankerSettings(crossEncoder, http).problems())
                .hasSize(7 + 7 + 7)
                .noneMatch(problem -> problem.contains("hidden"))
                .anyMatch(problem -> problem.contains("either --reranker-model-path"))
                .anyMatch(problem -> problem.contains("--reranker-model-url must begin with https://"))
                .anyMatch(problem -> problem.contains("--reranker-tokenizer-url must be an https:// URL"))
                .anyMatch(problem -> problem.contains("--reranker-model-sha256"))
                .anyMatch(problem -> problem.contains("--reranker-tokenizer-sha256"))
                .anyMatch(problem -> problem.contains("--reranker-cache-folder"))
                .anyMatch(problem -> problem.contains("--reranker-largest-file"))
                .anyMatch(problem -> problem.contains("--reranker-download-deadline"))
                .anyMatch(problem -> problem.contains("--reranker-max-tokens-per-pair"))
                .anyMatch(problem -> problem.contains("--reranker-max-tokens-per-request"))
                .anyMatch(problem -> problem.contains("--reranker-max-waiting-pairs"))
                .anyMatch(problem -> problem.contains("--reranker-threads"))
                .anyMatch(problem -> problem.contains("--reranker-batch-tokens"))
                .anyMatch(problem -> problem.contains("--reranker-device"))
                .anyMatch(problem -> problem.contains("--reranker-url"))
                .anyMatch(problem -> problem.contains("--reranker-shape"))
                .anyMatch(problem -> problem.contains("--reranker-model,"))
                .anyMatch(problem -> problem.contains("exclude each other"))
                .anyMatch(problem -> problem.contains("--reranker-key-header"))
                .anyMatch(problem -> problem.contains("--reranker-timeout"))
                .anyMatch(problem -> problem.contains("--reranker-max-passages"));
    }

    @Test
    void aPasswordInAUrlIsRefusedAndNotRepeated() {
        HttpRerankerOptions http = new HttpRerankerOptions(
                "https://user:hidden@host/rerank", "tei", "", ApiKey.NONE, Duration.ofSeconds(1), 0);

        assertThat(new RerankerSettings(null, http).problems())
                .singleElement()
                .asString()
                .contains("password")
                .doesNotContain("hidden");
    }
}
