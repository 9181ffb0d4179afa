package dev.freshet.engines.rerank.crossencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.rerank.RerankOutcome.Scored;
import dev.freshet.core.rerank.RerankPassage;
import dev.freshet.core.rerank.RerankQuery;
import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.TokenizerFile;
import dev.freshet.engines.embedding.onnx.Signature;
import dev.freshet.engines.embedding.onnx.TinyCrossEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportedCrossEncoderTest {
    @TempDir
    private Path folder;

    @Test
    void pairsShareCallsOnlyWhereThatMovesNoScore() {
        assertThat(batchTokens(new TinyCrossEncoder(), 0)).isEqualTo(512);
        assertThat(batchTokens(new TinyCrossEncoder(), 300)).isEqualTo(300);
        assertThat(batchTokens(new TinyCrossEncoder().deafToTheMask(), 300)).isZero();
        assertThat(batchTokens(new TinyCrossEncoder().without(Signature.MASK), 300))
                .isZero();
        assertThat(batchTokens(new TinyCrossEncoder().ofOnePair(), 300)).isZero();
    }

    private int batchTokens(TinyCrossEncoder model, int wanted) {
        CrossEncoderOptions options =
                new CrossEncoderOptions(model.write(folder).toString(), null, 256, 4_096, 512, 1, "auto", wanted);
        try (CrossEncoderReranker reranker = CrossEncoderReranker.open(options)) {
            return reranker.batchTokens();
        }
    }

    @Test
    void ofTwoLogitsTheScoreIsTheirDifference() throws Exception {
        double one = score(new TinyCrossEncoder());
        // "pump" is the tenth token, and [SEP] the fourth; both are in query and passage.
        assertThat(one).isCloseTo(1.009 + 0.04, within(1e-5));
        assertThat(score(new TinyCrossEncoder().logits(2))).isCloseTo(one, within(1e-5));
        assertThat(score(new TinyCrossEncoder().logits(2, -1).giving("scores"))).isCloseTo(one, within(1e-5));
    }

    @Test
    void tokenTypesTellQueryAndPassageApart() throws Exception {
        // Without them every token also meets itself.
        assertThat(score(new TinyCrossEncoder().without(Signature.TYPES))).isGreaterThan(4);
    }

    private double score(TinyCrossEncoder model) throws Exception {
        try (CrossEncoderReranker reranker = CrossEncoderReranker.open(
                CrossEncoderOptions.at(model.write(folder).toString(), 1))) {
            return ((Scored) reranker.rerank(
                                    new RerankQuery("pump", null),
                                    List.of(new RerankPassage("a", "the pump", null)),
                                    Duration.ofSeconds(30))
                            .get(30, TimeUnit.SECONDS))
                    .scores()[0];
        }
    }

    @Test
    void theModelsOwnLimitOnTokensHolds() throws Exception {
        new TinyCrossEncoder().write(folder);
        Files.writeString(folder.resolve("config.json"), "{\"max_position_embeddings\": 12}");
        try (CrossEncoderReranker reranker = CrossEncoderReranker.open(CrossEncoderOptions.at(folder.toString(), 1))) {
            double[] scores = ((Scored) reranker.rerank(
                                    new RerankQuery("pump", null),
                                    List.of(
                                            new RerankPassage("a", "w1 ".repeat(7) + "pump", null),
                                            new RerankPassage("b", "w1 ".repeat(8) + "pump", null)),
                                    Duration.ofSeconds(30))
                            .get(30, TimeUnit.SECONDS))
                    .scores();
            assertThat(scores[0]).isGreaterThan(1);
            assertThat(scores[1]).isLessThan(1);
        }
    }

    @Test
    void whatCannotBeUsedIsRefusedWhenItOpens() throws Exception {
        assertRefused(new TinyCrossEncoder().logits(3), "[-1, 3]", "one number for a pair, or two");
        assertRefused(new TinyCrossEncoder().logits(3, -1), "cannot score a pair", "shape [1, 3]");
        assertRefused(new TinyCrossEncoder().broken(), "not finite");
        assertRefused(new TinyCrossEncoder().knowing(100), "the token 123", "not of the same model");
        assertRefused(new TinyCrossEncoder().with("task_id"), "task_id");
        Files.delete(folder.resolve("model.onnx"));
        assertRefused("the folder has no model.onnx", "--reranker-model-path");
        new TinyCrossEncoder().write(folder);
        Files.delete(folder.resolve("tokenizer.json"));
        assertRefused("no readable file tokenizer.json");
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        assertRefused("tokenizer.json has no vocabulary");
        Files.writeString(folder.resolve("model.onnx"), "<html>");
        assertRefused("model.onnx is no ONNX file");
    }

    @Test
    void aGpuThatIsInsistedOnAndNotKnownIsRefused() {
        String path = new TinyCrossEncoder().write(folder).toString();

        assertThatThrownBy(() ->
                        CrossEncoderReranker.open(new CrossEncoderOptions(path, null, 256, 4_096, 512, 1, "cuda", 0)))
                .isInstanceOf(RerankerMisconfiguredException.class)
                .hasMessageContainingAll("--reranker-device", "onnxruntime_gpu");
    }

    @Test
    void theTokenizerTellsThePaddingWhereNothingElseDoes() throws Exception {
        assertThat(padding(TinyCrossEncoder.tokenizer())).isZero();
        assertThat(padding(TinyCrossEncoder.tokenizer("{\"pad_id\": 7}"))).isEqualTo(7);
        assertThat(padding(TinyCrossEncoder.tokenizer()
                        .replace("\"id\": 0, \"content\": \"[PAD]\"", "\"id\": 1, \"content\": \"<pad>\"")))
                .isEqualTo(1);
    }

    private long padding(String tokenizer) throws Exception {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
        return TokenizerFile.read(file, IllegalArgumentException::new).padding();
    }

    private void assertRefused(TinyCrossEncoder model, String... words) {
        model.write(folder);
        assertRefused(words);
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> CrossEncoderReranker.open(CrossEncoderOptions.at(folder.toString(), 1)))
                .isInstanceOf(RerankerMisconfiguredException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(words);
    }
}
