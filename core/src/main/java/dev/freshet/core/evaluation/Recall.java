package dev.freshet.core.evaluation;

/** Recall, trec_eval's {@code recall}: the share of all relevant documents that is among the first {@code cutoff}. */
public record Recall(int cutoff) implements Metric {
    public Recall {
        Cutoff.check(cutoff);
    }

    @Override
    public String name() {
        return "recall@" + cutoff;
    }

    @Override
    public double measure(Ranking ranking, Judgements judgements) {
        int relevant = judgements.relevant();
        if (relevant == 0) {
            return 0;
        }
        long found = ranking.top(cutoff).stream()
                .filter(document -> judgements.gain(document) > 0)
                .count();
        return (double) found / relevant;
    }
}
