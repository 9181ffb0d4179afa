package dev.freshet.eval.score;

import dev.freshet.core.evaluation.Judgements;
import dev.freshet.core.evaluation.Metric;
import dev.freshet.core.evaluation.Ndcg;
import dev.freshet.core.evaluation.Ranking;
import dev.freshet.core.evaluation.Recall;
import dev.freshet.eval.retrieve.Retrieval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;

/** Measures rankings at one cutoff. */
public final class ScoreStage implements MapFunction<Retrieval, QueryScore> {
    public static final String NAME = "score";
    private static final long serialVersionUID = 1L;

    private final int cutoff;

    public ScoreStage(int cutoff) {
        this.cutoff = cutoff;
    }

    @Override
    public QueryScore map(Retrieval retrieval) {
        Ranking ranking = Ranking.byScore(retrieval.documents());
        Judgements judgements = new Judgements(retrieval.question().grades());
        Map<String, Double> measured = new LinkedHashMap<>();
        for (Metric metric : List.of(new Ndcg(cutoff), new Recall(cutoff))) {
            measured.put(metric.name(), metric.measure(ranking, judgements));
        }
        return new QueryScore(
                retrieval.question().mode(),
                retrieval.question().queryId(),
                measured,
                ranking.documents().size(),
                retrieval.latencyMillis(),
                retrieval.degraded(),
                retrieval.refusal());
    }
}
