package dev.freshet.core.fuse;

import java.util.List;

/**
 * The outcome of a fusion.
 *
 * @param items best first; equal scores in the order of their ids
 * @param lists what was fused, with what the scores were normalised by
 * @param signalShare of the signal's weight in all weights; 0 where there was none
 */
public record FusedList<T>(List<Fused<T>> items, List<ListStatistics> lists, double signalShare) {
    public FusedList {
        items = List.copyOf(items);
        lists = List.copyOf(lists);
    }
}
