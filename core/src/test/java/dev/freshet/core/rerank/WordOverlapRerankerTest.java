package dev.freshet.core.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WordOverlapRerankerTest extends RerankerContract {
    private static final RerankQuery QUERY = new RerankQuery("water pump", null);
    private static final List<RerankPassage> PASSAGES = List.of(new RerankPassage("a", "A pump.", null));

    @Override
    protected Reranker open() {
        return new WordOverlapReranker();
    }

    @Override
    protected Reranker openSlow() {
        return new WordOverlapReranker().delayed(Duration.ofHours(2));
    }

    @Test
    void failsAndIsLateAsATestSays() throws Exception {
        WordOverlapReranker reranker = new WordOverlapReranker("cross_encoder").failing(Kind.INVALID);
        assertThat(outcome(reranker))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.INVALID));

        reranker.failing(null).delayed(Duration.ofMillis(10));
        assertThat(outcome(reranker))
                .isInstanceOfSatisfying(
                        Scored.class, scored -> assertThat(scored.scores()).containsExactly(0.5));
        assertThat(reranker.name()).isEqualTo("cross_encoder");
        assertThat(reranker.calls()).isEqualTo(2);
    }

    private static RerankOutcome outcome(Reranker reranker) throws Exception {
        return reranker.rerank(QUERY, PASSAGES, Duration.ofSeconds(10)).get(10, TimeUnit.SECONDS);
    }
}
