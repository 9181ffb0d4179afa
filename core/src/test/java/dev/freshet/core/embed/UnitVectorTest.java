package dev.freshet.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnitVectorTest {
    @Test
    void scalesToLengthOne() {
        assertThat(UnitVector.of(new float[] {3, 4})).containsExactly(0.6f, 0.8f);
    }

    @Test
    void onlyFiniteVectorsThatAreNotZeroHaveADirection() {
        assertThat(UnitVector.exists(new float[] {0, 1e-10f})).isTrue();
        assertThat(UnitVector.exists(new float[] {0, 0})).isFalse();
        assertThat(UnitVector.exists(new float[] {Float.MIN_VALUE, 0})).isFalse();
        assertThat(UnitVector.exists(new float[] {Float.NaN, 1})).isFalse();
        assertThat(UnitVector.exists(new float[] {Float.NEGATIVE_INFINITY, 1})).isFalse();
    }
}
