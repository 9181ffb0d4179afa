package dev.freshet.core.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.lateinteraction.MaxSim;
import dev.freshet.core.lateinteraction.QueryTokens;
import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LateInteractionRerankerTest extends RerankerContract {
    private static final Duration AMPLE = Duration.ofSeconds(10);
    private static final WordTokens WORDS = new WordTokens(384);

    @Override
    protected Reranker open() {
        return new LateInteractionReranker();
    }

    @Override
    protected Reranker openSlow() {
        return hourly();
    }

    @Override
    protected RerankQuery query(String text) {
        return new RerankQuery(text, WORDS.query(text));
    }

    @Override
    protected RerankPassage passage(String chunkId, String text) {
        return new RerankPassage(chunkId, text, WORDS.passage(text));
    }

    /** An hour goes by with every look at the clock. */
    private static Reranker hourly() {
        AtomicLong now = new AtomicLong();
        return new LateInteractionReranker(
                MaxSim.fastest(), () -> now.getAndAdd(Duration.ofHours(1).toNanos()));
    }

    @Test
    void needsTokenVectors() {
        assertThat(open().needsTokenVectors()).isTrue();
        assertThat(open().name()).isEqualTo("late_interaction");
    }

    @Test
    void aScoreIsTheMeanCosineOfTheNearestTokens() throws Exception {
        QueryTokens query = WORDS.query("water pump");
        RerankPassage passage = passage("a", "the pump");

        double[] scores = scores(query, List.of(passage, passage("b", "water pump")));

        assertThat(scores[0])
                .isCloseTo(MaxSim.fastest().score(query, WORDS.passage("the pump")) / query.count(), within(1e-12));
        // A bit per dimension stands for a vector of random components as well as this: the square root of 2 / pi.
        assertThat(scores[1]).isBetween(0.7, 1.0);
    }

    @Test
    void scoresLieBetweenMinusOneAndOne() throws Exception {
        WordTokens narrow = new WordTokens(1);
        QueryTokens query = narrow.query("water pump pipe");
        for (String text : List.of("water", "pump pipe", "pipe of the well")) {
            double[] scores = scores(query, List.of(new RerankPassage("a", text, narrow.passage(text))));
            assertThat(scores[0]).isBetween(-1.0, 1.0);
        }
    }

    @Test
    void whatCannotBeComparedIsNotScored() throws Exception {
        List<RerankPassage> passages = List.of(
                new RerankPassage("none", "water", null),
                passage("right", "water"),
                new RerankPassage("other", "water", new WordTokens(128).passage("water")));

        double[] scores = scores(WORDS.query("water"), passages);

        assertThat(scores[0]).isNaN();
        assertThat(scores[1]).isPositive();
        assertThat(scores[2]).isNaN();
    }

    @Test
    void withoutVectorsItIsUnavailable() throws Exception {
        List<RerankPassage> bare = List.of(new RerankPassage("none", "water", null));

        assertUnavailable(outcome(open(), null, List.of(passage("a", "water")), AMPLE), "of the query");
        assertUnavailable(outcome(open(), WORDS.query("water"), bare, AMPLE), "384 dimensions");
    }

    @Test
    void passagesBeyondTheBudgetAreNotScored() throws Exception {
        List<RerankPassage> passages = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            passages.add(passage("chunk-" + i, "water " + i));
        }
        RerankOutcome outcome = outcome(
                hourly(), WORDS.query("water"), passages, Duration.ofHours(3).plusMinutes(30));

        double[] scores = ((Scored) outcome).scores();
        assertThat(scores).hasSize(10);
        for (int i = 0; i < scores.length; i++) {
            assertThat(Double.isNaN(scores[i])).isEqualTo(i >= 3);
        }
    }

    private static void assertUnavailable(RerankOutcome outcome, String words) {
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failed.reason()).contains(words);
        });
    }

    private static double[] scores(QueryTokens query, List<RerankPassage> passages) throws Exception {
        return ((Scored) outcome(new LateInteractionReranker(), query, passages, AMPLE)).scores();
    }

    private static RerankOutcome outcome(
            Reranker reranker, @Nullable QueryTokens query, List<RerankPassage> passages, Duration budget)
            throws Exception {
        return reranker.rerank(new RerankQuery("water", query), passages, budget)
                .get(10, TimeUnit.SECONDS);
    }
}
