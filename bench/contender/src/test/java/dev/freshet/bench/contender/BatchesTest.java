package dev.freshet.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final PageChange A = new PageChange("a", "first");
    private static final PageChange A_AGAIN = new PageChange("a", "second");
    private static final PageChange B = new PageChange("b", "text");
    private static final PageChange C = new PageChange("c", null);

    @Test
    void aBatchIsNoLargerThanTheMost() {
        assertThat(Batches.of(List.of(A, B, C), 2)).containsExactly(List.of(A, B), List.of(C));
    }

    @Test
    void aPageThatChangesAgainBeginsTheNextBatch() {
        assertThat(Batches.of(List.of(A, B, A_AGAIN, C), 10)).containsExactly(List.of(A, B), List.of(A_AGAIN, C));
    }

    @Test
    void nothingIsNoBatch() {
        assertThat(Batches.of(List.of(), 10)).isEmpty();
    }
}
