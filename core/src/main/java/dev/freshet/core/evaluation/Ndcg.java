package dev.freshet.core.evaluation;

import java.util.List;

/**
 * Normalised discounted cumulative gain, trec_eval's {@code ndcg_cut}: the sum of grade / log2(rank + 1) over the
 * first {@code cutoff} ranks, divided by that of a perfect ranking (Järvelin and Kekäläinen, Cumulated gain-based
 * evaluation of IR techniques, ACM TOIS 20(4), 2002, with the discount of Burges et al., 2005).
 */
public record Ndcg(int cutoff) implements Metric {
    public Ndcg {
        Cutoff.check(cutoff);
    }

    @Override
    public String name() {
        return "ndcg@" + cutoff;
    }

    @Override
    public double measure(Ranking ranking, Judgements judgements) {
        double ideal = discounted(judgements.idealGains());
        if (ideal == 0) {
            return 0;
        }
        return discounted(ranking.top(cutoff).stream().map(judgements::gain).toList()) / ideal;
    }

    private double discounted(List<Integer> gains) {
        double sum = 0;
        for (int rank = 1; rank <= Math.min(cutoff, gains.size()); rank++) {
            sum += gains.get(rank - 1) * Math.log(2) / Math.log(rank + 1.0);
        }
        return sum;
    }
}
