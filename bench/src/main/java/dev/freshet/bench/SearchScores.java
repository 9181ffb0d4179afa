package dev.freshet.bench;

import dev.freshet.bench.BeirCollection.Query;
import dev.freshet.bench.SearchSide.Answer;
import dev.freshet.core.evaluation.Ndcg;
import dev.freshet.core.evaluation.Ranking;
import dev.freshet.core.evaluation.Recall;
import java.util.ArrayList;
import java.util.List;

/** How well one side answered every query of a collection, in their order. */
final class SearchScores {
    static final int FIRST_PAGE = 10;
    static final int LONG_LIST = 100;

    private final Ndcg ndcg = new Ndcg(FIRST_PAGE);
    private final Recall recall;
    private final List<Double> ndcgs = new ArrayList<>();
    private final List<Double> recalls = new ArrayList<>();
    private final List<Double> documents = new ArrayList<>();
    private int degraded;

    /** @param asked documents of a search: recall is that of the first 100 where they are so many, else of the first 10 */
    SearchScores(int asked) {
        this.recall = new Recall(asked < LONG_LIST ? FIRST_PAGE : LONG_LIST);
    }

    void add(Query query, Answer answer) {
        Ranking ranking = new Ranking(answer.documents());
        ndcgs.add(ndcg.measure(ranking, query.judgements()));
        recalls.add(recall.measure(ranking, query.judgements()));
        documents.add((double) ranking.documents().size());
        degraded += answer.degraded() ? 1 : 0;
    }

    /** Such as {@code recall@100}. */
    String recallName() {
        return recall.name();
    }

    /** Of every query. */
    List<Double> ndcgs() {
        return ndcgs;
    }

    /** Of every query. */
    List<Double> recalls() {
        return recalls;
    }

    double ndcg() {
        return mean(ndcgs);
    }

    double recall() {
        return mean(recalls);
    }

    /** How many came, in the mean. */
    double documents() {
        return mean(documents);
    }

    /** Answers that left something out. */
    int degraded() {
        return degraded;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
