package dev.freshet.core.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Reranker} does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RerankerContract {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final Duration SCARCE = Duration.ofMillis(100);
    /** Far above what a busy machine delays, far below {@link #AMPLE}. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final String QUESTION = "which pump raises water";
    private static final List<String> TEXTS = List.of(
            "the choir sings a song",
            "the pump raises water from the well",
            "a pump",
            "water",
            "every pump raises water and the choir sings a song of water while the pump raises it from the well");

    private Reranker reranker;

    /** One that scores passages higher the more words they share with the query. */
    protected abstract Reranker open();

    /** One that scores nothing within any budget. */
    protected abstract Reranker openSlow();

    /** A query with all that the reranker needs of it. */
    protected RerankQuery query(String text) {
        return new RerankQuery(text, null);
    }

    /** A passage with all that the reranker needs of it. */
    protected RerankPassage passage(String chunkId, String text) {
        return new RerankPassage(chunkId, text, null);
    }

    /** How far a score may move with the passages beside it. */
    protected double neighboursMove() {
        return 0;
    }

    @BeforeEach
    final void openReranker() {
        reranker = open();
    }

    @AfterEach
    final void closeReranker() {
        reranker.close();
    }

    @Test
    void hasANameForProfiles() {
        assertThat(reranker.name()).matches("[a-z_]+").isNotEqualTo("none");
    }

    @Test
    void noPassagesHaveNoScores() throws Exception {
        assertThat(scores(List.of())).isEmpty();
    }

    @Test
    void everyPassageHasAScoreInTheOrderOfThePassages() throws Exception {
        double[] scores = scores(TEXTS);
        double[] reversed = scores(TEXTS.reversed());

        assertThat(scores).hasSize(TEXTS.size());
        for (int i = 0; i < scores.length; i++) {
            assertThat(scores[i]).isFinite();
            assertThat(reversed[TEXTS.size() - 1 - i]).isCloseTo(scores[i], within(neighboursMove()));
            assertThat(scores(List.of(TEXTS.get(i)))[0]).isCloseTo(scores[i], within(neighboursMove()));
        }
    }

    @Test
    void thePassageThatAnswersScoresHigherThanTheOneThatDoesNot() throws Exception {
        double[] scores = scores(TEXTS);

        assertThat(scores[1]).isGreaterThan(scores[0]);
        assertThat(scores[4]).isGreaterThan(scores[0]);
    }

    @Test
    void equalPassagesScoreEqual() throws Exception {
        double[] scores = scores(List.of(TEXTS.get(1), TEXTS.get(4), TEXTS.get(1)));

        assertThat(scores[2]).isCloseTo(scores[0], within(neighboursMove()));
    }

    @Test
    void manyPassagesHaveAsManyScores() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add(TEXTS.get(i % TEXTS.size()));
        }
        assertThat(scores(texts)).hasSize(200);
    }

    @Test
    void concurrentCallsGetTheirOwnScores() throws Exception {
        double[] expected = scores(TEXTS);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<double[]>> calls = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                int from = i % TEXTS.size();
                calls.add(threads.submit(() -> scores(TEXTS.subList(from, TEXTS.size()))));
            }
            for (int i = 0; i < calls.size(); i++) {
                double[] scores = calls.get(i).get(30, TimeUnit.SECONDS);
                int from = i % TEXTS.size();
                assertThat(scores).hasSize(TEXTS.size() - from);
                for (int passage = 0; passage < scores.length; passage++) {
                    assertThat(scores[passage]).isCloseTo(expected[from + passage], within(neighboursMove()));
                }
            }
        }
    }

    static List<String> oddTexts() {
        return List.of(
                "",
                " \n\t",
                "...!?",
                "\0 nul",
                "\uFEFFbyte order mark",
                "lone \uD83D high",
                "\uDE00\uD83D",
                "\uD83D\uDE00 \u0301 \u202E \u4E2D\u6587",
                "[CLS] [SEP] [PAD] \"quoted\" \\",
                "a".repeat(1 << 18),
                "pump ".repeat(50_000));
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void oddTextsHaveScores(String text) throws Exception {
        assertThat(scores(List.of(text, TEXTS.getFirst()))).hasSize(2).doesNotContain(Double.NaN);
        RerankOutcome asked = rerank(reranker, text, TEXTS, AMPLE).get(30, TimeUnit.SECONDS);
        assertThat(asked)
                .isInstanceOfSatisfying(
                        Scored.class,
                        scored -> assertThat(scored.scores())
                                .hasSize(TEXTS.size())
                                .doesNotContain(Double.NaN));
    }

    @Test
    void withoutBudgetNothingIsScored() throws Exception {
        for (Duration budget : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertFailed(rerank(reranker, QUESTION, TEXTS, budget), Kind.TIMEOUT);
        }
    }

    @Test
    void aSlowOneIsWaitedForNoLongerThanTheBudget() throws Exception {
        try (Reranker slow = openSlow()) {
            assertFailed(rerank(slow, QUESTION, TEXTS, SCARCE), Kind.TIMEOUT);
        }
    }

    @Test
    void closingCompletesWhatWaits() throws Exception {
        Reranker slow = openSlow();
        List<CompletableFuture<RerankOutcome>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(rerank(slow, QUESTION, TEXTS, Duration.ofHours(1)));
        }
        slow.close();
        slow.close();
        for (CompletableFuture<RerankOutcome> outcome : waiting) {
            assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void aClosedOneScoresOrIsUnavailable() throws Exception {
        reranker.close();
        RerankOutcome outcome = rerank(reranker, QUESTION, TEXTS, AMPLE).get(SOON.toSeconds(), TimeUnit.SECONDS);
        if (outcome instanceof Failed failed) {
            assertThat(failed.kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    private static void assertFailed(CompletableFuture<RerankOutcome> outcome, Kind kind) throws Exception {
        assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.reason()).isNotBlank().doesNotContain("pump");
        });
    }

    private CompletableFuture<RerankOutcome> rerank(
            Reranker with, String question, List<String> texts, Duration budget) {
        List<RerankPassage> passages = new ArrayList<>();
        for (String text : texts) {
            passages.add(passage("chunk-" + passages.size(), text));
        }
        return with.rerank(query(question), passages, budget);
    }

    private double[] scores(List<String> texts) throws Exception {
        RerankOutcome outcome = rerank(reranker, QUESTION, texts, AMPLE).get(30, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Scored.class);
        return ((Scored) outcome).scores();
    }
}
