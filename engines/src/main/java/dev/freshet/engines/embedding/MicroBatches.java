package dev.freshet.engines.embedding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts texts of like length together, so that little is computed for padding. */
public final class MicroBatches {
    private MicroBatches() {}

    /**
     * Divides texts into batches.
     *
     * @param lengths of the texts, in tokens
     * @param mostTokens of a batch, padding included; a longer text goes alone
     * @return the positions of the texts, longest first; each once
     */
    public static List<List<Integer>> of(int[] lengths, int mostTokens) {
        List<Integer> longestFirst = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer text) -> lengths[text]).reversed())
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        for (int from = 0; from < longestFirst.size(); ) {
            int longest = Math.max(1, lengths[longestFirst.get(from)]);
            int to = Math.min(longestFirst.size(), from + Math.max(1, mostTokens / longest));
            batches.add(longestFirst.subList(from, to));
            from = to;
        }
        return batches;
    }
}
