package dev.freshet.core.lateinteraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TokenVectorsTest {
    private static final TokenStatistics MEAN = Vectors.around(0, 1, -1, 0, 0, 0, 0, 0, 0);

    @Example
    void aBitSaysOnWhichSideOfTheMeanTheTokenIs() {
        TokenVectors vectors = new TokenQuantizer(MEAN, TokenVectorForm.BITS)
                .quantize(new float[] {0.1f, 0.9f, -0.9f, 0, 0, 0, 0, 0, 5, -0.1f, 1.1f, -1.1f, 0, 0, 0, 0, 0, -5});

        assertThat(vectors.bytes()).containsExactly(1, 0, 0, 9, 0, 2, 0b101, 1, 0b010, 0);
    }

    @Example
    void twoNeighboursShareTheBitsOfTheirMeanAndTheLastMayStandAlone() {
        float[] tokens = new float[27];
        tokens[0] = 3;
        tokens[9] = -2;
        tokens[18] = -1;

        TokenVectors vectors = new TokenQuantizer(MEAN, TokenVectorForm.PAIRS).quantize(tokens);

        assertThat(vectors.bytes()).containsExactly(1, 1, 0, 9, 0, 2, 0b101, 0, 0b100, 0);
    }

    @Property
    void whatWasStoredIsRead(
            @ForAll @IntRange(min = 1, max = 1025) int dimension,
            @ForAll @IntRange(max = 20) int tokens,
            @ForAll boolean pairs,
            @ForAll long seed) {
        Random random = new Random(seed);
        TokenVectorForm form = pairs ? TokenVectorForm.PAIRS : TokenVectorForm.BITS;
        TokenVectors written = new TokenQuantizer(Vectors.statistics(random, dimension), form)
                .quantize(Vectors.tokens(random, tokens, dimension));

        TokenVectors read = TokenVectors.of(written.bytes());

        assertThat(read.form()).isEqualTo(form);
        assertThat(read.dimension()).isEqualTo(dimension);
        assertThat(read.count()).isEqualTo(pairs ? (tokens + 1) / 2 : tokens);
    }

    @Example
    void aTokenOf384DimensionsTakes48BytesAndAPairAsMuch() {
        TokenStatistics statistics = Vectors.around(new float[384]);

        assertThat(new TokenQuantizer(statistics, TokenVectorForm.BITS)
                        .quantize(new float[384 * 160])
                        .bytes())
                .hasSize(6 + 160 * 48);
        assertThat(new TokenQuantizer(statistics, TokenVectorForm.PAIRS)
                        .quantize(new float[384 * 160])
                        .bytes())
                .hasSize(6 + 80 * 48);
    }

    @Example
    void whatIsCutOrOfAnotherVersionIsRefused() {
        byte[] stored = new TokenQuantizer(MEAN, TokenVectorForm.BITS)
                .quantize(new float[18])
                .bytes();
        byte[] later = stored.clone();
        later[0] = 2;
        byte[] unknown = stored.clone();
        unknown[1] = 4;

        assertThatThrownBy(() -> TokenVectors.of(Arrays.copyOf(stored, stored.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cut");
        assertThatThrownBy(() -> TokenVectors.of(new byte[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenVectors.of(later)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenVectors.of(unknown)).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void floatsThatAreNoVectorsAreRefused() {
        TokenQuantizer quantizer = new TokenQuantizer(MEAN, TokenVectorForm.BITS);

        assertThatThrownBy(() -> quantizer.quantize(new float[10])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QueryTokens.of(new float[10], MEAN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenQuantizer(MEAN, TokenVectorForm.OFF))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void statisticsAreNamedByTheirComponents() {
        assertThat(TokenStatistics.of(MEAN.bytes()).checksum())
                .isEqualTo(MEAN.checksum())
                .isNotEqualTo(Vectors.around(0, 1, -1, 0, 0, 0, 0, 0, 1).checksum());
    }
}
