package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExactNeighboursTest {
    private static final float[] QUERY = {1, 0, 0, 0};

    private final ExactNeighbours exact = new ExactNeighbours(List.of(
            new float[] {0.1f, 0, 0, 0},
            new float[] {0.9f, 0, 0, 0},
            new float[] {0.5f, 9, 0, 0},
            new float[] {0.5f, 0, 9, 0},
            new float[] {-1, 0, 0, 0}));

    @Test
    void theNearestHaveTheLargestProducts() {
        assertThat(exact.of(QUERY, 1)).containsExactly(1);
        assertThat(exact.of(QUERY, 3)).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void thoseThatAreAsNearAsTheLastOneAreAllRight() {
        assertThat(exact.of(QUERY, 2)).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void thereAreNoMoreThanThereAre() {
        assertThat(exact.of(QUERY, 9)).hasSize(5);
    }

    @Test
    void recallIsTheShareThatWasFoundEachOnce() {
        assertThat(ExactNeighbours.recall(Set.of(1, 2, 3, 4), List.of(1, 1, 2, 9), 4))
                .isEqualTo(0.5);
        assertThat(ExactNeighbours.recall(Set.of(1, 2, 3), List.of(1, 3), 2)).isEqualTo(1);
        assertThat(ExactNeighbours.recall(Set.of(1, 2), List.of(2, 1), 100)).isEqualTo(1);
    }
}
