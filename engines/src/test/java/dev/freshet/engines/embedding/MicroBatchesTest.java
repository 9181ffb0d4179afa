package dev.freshet.engines.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class MicroBatchesTest {
    @Test
    void textsOfLikeLengthComeTogether() {
        assertThat(MicroBatches.of(new int[] {10, 100, 12, 90, 200}, 200))
                .containsExactly(List.of(4), List.of(1, 3), List.of(2, 0));
    }

    @Property
    void everyTextIsInOneBatchAndNoBatchIsTooLarge(
            @ForAll int[] drawn, @ForAll @IntRange(min = 1, max = 2_000) int mostTokens) {
        int[] lengths =
                Arrays.stream(drawn).map(length -> Math.floorMod(length, 600)).toArray();

        List<List<Integer>> batches = MicroBatches.of(lengths, mostTokens);

        assertThat(batches.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, lengths.length).boxed().toList());
        for (List<Integer> batch : batches) {
            int longest = batch.stream().mapToInt(text -> lengths[text]).max().orElseThrow();
            assertThat(batch.size() == 1 || longest * batch.size() <= mostTokens)
                    .isTrue();
        }
    }
}
