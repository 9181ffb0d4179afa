package dev.freshet.engines.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoolingTest {
    /** A text before, three tokens, a text behind. */
    private static final float[] VECTORS = {9, 9, 1, 5, 2, -4, 3, 2, 9, 9};

    @ParameterizedTest
    @CsvSource({"MEAN,6,3", "CLS,1,5", "LAST,3,2", "MAX,3,5", "NONE,1,5"})
    void onlyTheTokensOfTheTextCount(Pooling pooling, float first, float second) {
        assertThat(pooling.pool(VECTORS, 2, 8, 2)).containsExactly(first, second);
    }
}
