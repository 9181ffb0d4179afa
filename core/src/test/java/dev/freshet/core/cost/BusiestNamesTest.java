package dev.freshet.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BusiestNamesTest {
    private final BusiestNames names = new BusiestNames(2);

    @Test
    void thoseThatComeFirstGetAPlace() {
        assertThat(names.hasPlace("a", 1)).isTrue();
        assertThat(names.hasPlace("b", 1)).isTrue();
        assertThat(names.hasPlace("a", 1)).isTrue();
        assertThat(names.hasPlace("c", 1)).isFalse();
        assertThat(names.placed()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whoDoesTwiceAsMuchTakesThePlaceOfWhoDoesTheLeast() {
        names.hasPlace("a", 100);
        names.hasPlace("b", 10);

        assertThat(names.hasPlace("c", 20)).isFalse();
        assertThat(names.changes()).isZero();
        assertThat(names.hasPlace("c", 1)).isTrue();
        assertThat(names.changes()).isOne();
        assertThat(names.placed()).containsExactlyInAnyOrder("a", "c");
        assertThat(names.hasPlace("b", 1)).isFalse();
    }

    @Test
    void manyThatDoLittleDoNotPushOutThoseThatDoMuch() {
        names.hasPlace("a", 1_000);
        names.hasPlace("b", 1_000);

        assertThat(IntStream.range(0, 10_000)).noneMatch(i -> names.hasPlace("tenant-" + i, 5));
        assertThat(names.placed()).containsExactlyInAnyOrder("a", "b");
    }
}
