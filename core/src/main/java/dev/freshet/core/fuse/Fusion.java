package dev.freshet.core.fuse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fuses lists: the score of a thing is the mean of its normalised scores, weighted by the lists' weights. The weights of the lists that are
 * given are scaled to a sum of 1, so a list that failed leaves its weight to the others.
 */
public record Fusion(Normalisation normalisation) {
    private static final Comparator<Fused<?>> BEST_FIRST =
            Comparator.<Fused<?>>comparingDouble(Fused::score).reversed().thenComparing(Fused::id);

    /** Fuses lists alone. */
    public <T> FusedList<T> fuse(List<RankedList<T>> lists) {
        return fuse(lists, null);
    }

    /** Fuses lists, and a signal where one is given. */
    public <T> FusedList<T> fuse(List<RankedList<T>> lists, @Nullable Signal<T> signal) {
        double signalWeight = signal == null ? 0 : signal.weight();
        double sum =
                signalWeight + lists.stream().mapToDouble(RankedList::weight).sum();
        List<ListStatistics> statistics = new ArrayList<>(lists.size());
        Map<String, Candidate<T>> candidates = new LinkedHashMap<>();
        for (RankedList<T> list : lists) {
            // Only lists without weight answered: they are all there is.
            double share = sum == 0 ? 1.0 / lists.size() : list.weight() / sum;
            ListStatistics of = ListStatistics.of(list, share);
            statistics.add(of);
            collect(list, of, candidates);
        }
        double signalShare = sum == 0 ? 0 : signalWeight / sum;
        List<Fused<T>> items = new ArrayList<>(candidates.size());
        for (Candidate<T> candidate : candidates.values()) {
            double value = signal == null ? 0 : signal.value().applyAsDouble(candidate.entry.thing());
            items.add(candidate.fused(signalShare, value));
        }
        items.sort(BEST_FIRST);
        return new FusedList<>(items, statistics, signalShare);
    }

    private <T> void collect(RankedList<T> list, ListStatistics statistics, Map<String, Candidate<T>> candidates) {
        int rank = 0;
        for (RankedList.Entry<T> entry : list.entries()) {
            rank++;
            double normalized = normalisation.of(rank, entry.score(), statistics);
            Candidate<T> candidate = candidates.computeIfAbsent(entry.id(), id -> new Candidate<>(entry));
            if (candidate.lists.putIfAbsent(list.name(), new ListScore(rank, entry.score(), normalized)) == null) {
                candidate.score += statistics.share() * normalized;
            }
        }
    }

    private static final class Candidate<T> {
        private final RankedList.Entry<T> entry;
        private final Map<String, ListScore> lists = LinkedHashMap.newLinkedHashMap(3);
        private double score;

        Candidate(RankedList.Entry<T> entry) {
            this.entry = entry;
        }

        Fused<T> fused(double signalShare, double signal) {
            return new Fused<>(entry.id(), entry.thing(), score + signalShare * signal, lists, signal);
        }
    }
}
