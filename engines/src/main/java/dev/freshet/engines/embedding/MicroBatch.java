package dev.freshet.engines.embedding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts of similar length that go through the encoder together, so that little of the work is padding.
 *
 * @param positions where each text stood in the call
 * @param texts their token ids
 */
record MicroBatch(List<Integer> positions, List<long[]> texts) {
    /**
     * Cuts a call into batches, longest texts first.
     *
     * @param texts token ids of each text
     * @param budget the most tokens in a batch, padding included; a longer text goes alone
     */
    static List<MicroBatch> plan(List<long[]> texts, int budget) {
        List<Integer> longestFirst = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> texts.get(i).length)
                        .reversed())
                .toList();
        List<MicroBatch> batches = new ArrayList<>();
        int next = 0;
        while (next < longestFirst.size()) {
            int width = Math.max(1, texts.get(longestFirst.get(next)).length);
            int end = Math.min(longestFirst.size(), next + Math.max(1, budget / width));
            List<Integer> positions = longestFirst.subList(next, end);
            batches.add(
                    new MicroBatch(positions, positions.stream().map(texts::get).toList()));
            next = end;
        }
        return batches;
    }
}
