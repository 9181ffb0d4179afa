package dev.freshet.core.fuse;

import java.util.List;

/**
 * What the scores of a list are normalised by.
 *
 * @param share of the list's weight in the weights of all lists, from 0 to 1
 * @param size of the list
 * @param lowest score in it
 * @param highest score in it
 * @param mean of the scores
 * @param deviation the standard deviation of the scores, of the list as a whole population
 */
public record ListStatistics(
        String name, double share, int size, double lowest, double highest, double mean, double deviation) {

    static ListStatistics of(RankedList<?> list, double share) {
        List<? extends RankedList.Entry<?>> entries = list.entries();
        if (entries.isEmpty()) {
            return new ListStatistics(list.name(), share, 0, 0, 0, 0, 0);
        }
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (RankedList.Entry<?> entry : entries) {
            lowest = Math.min(lowest, entry.score());
            highest = Math.max(highest, entry.score());
            sum += entry.score();
        }
        double mean = sum / entries.size();
        double squares = 0;
        for (RankedList.Entry<?> entry : entries) {
            squares += (entry.score() - mean) * (entry.score() - mean);
        }
        return new ListStatistics(
                list.name(), share, entries.size(), lowest, highest, mean, Math.sqrt(squares / entries.size()));
    }
}
