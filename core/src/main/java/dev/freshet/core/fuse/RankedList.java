package dev.freshet.core.fuse;

import java.util.List;

/**
 * Things ranked by one score.
 *
 * @param name of the list, as explanations give it
 * @param weight from 0; only its share of the weights of all lists counts
 * @param entries best first, none twice
 */
public record RankedList<T>(String name, double weight, List<Entry<T>> entries) {
    public RankedList {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight of list " + name + " must be a number from 0, but is " + weight);
        }
        entries = List.copyOf(entries);
    }

    /**
     * A thing in the list.
     *
     * @param id the same in every list that has the thing
     * @param score of the list's own kind, higher for better
     */
    public record Entry<T>(String id, double score, T thing) {}
}
