package dev.freshet.core.lateinteraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxSimTest {
    private final MaxSim scalar = new ScalarMaxSim();
    private final MaxSim vector = new VectorMaxSim();

    @Property
    void whatIsFastScoresAsTheDefinitionDoes(
            @ForAll @IntRange(min = 1, max = 400) int dimension,
            @ForAll @IntRange(min = 1, max = 12) int queryTokens,
            @ForAll @IntRange(min = 1, max = 40) int passageTokens,
            @ForAll TokenVectorForm form,
            @ForAll long seed) {
        Random random = new Random(seed);
        TokenStatistics statistics = Vectors.statistics(random, dimension);
        QueryTokens query = QueryTokens.of(Vectors.tokens(random, queryTokens, dimension), statistics);
        TokenVectors passage =
                new TokenQuantizer(statistics, kept(form)).quantize(Vectors.tokens(random, passageTokens, dimension));

        double reference = reference(query, passage);

        assertThat(scalar.score(query, passage)).isCloseTo(reference, within(1e-9));
        assertThat(vector.score(query, passage)).isEqualTo(scalar.score(query, passage));
    }

    /** The definition, dimension by dimension: the sum over query tokens of the greatest cosine. */
    private static double reference(QueryTokens query, TokenVectors passage) {
        double sum = 0;
        for (int token = 0; token < query.count(); token++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int vector = 0; vector < passage.count(); vector++) {
                long product = 0;
                for (int i = 0; i < query.dimension(); i++) {
                    product += Vectors.bit(passage, vector, i) * component(query, token, i);
                }
                best = Math.max(best, query.cosine(token, product));
            }
            sum += best;
        }
        return sum;
    }

    private static long component(QueryTokens query, int token, int dimension) {
        long value = 0;
        for (int slice = 0; slice < QueryTokens.BITS; slice++) {
            long word = query.slices()[(token * QueryTokens.BITS + slice) * query.words() + dimension / 64];
            value = 2 * value + (word >> (dimension % 64) & 1) * (slice == 0 ? -1 : 1);
        }
        return value;
    }

    @Property(tries = 200)
    void theScoreIsNearToThatOfTheFloatsOfTheQuery(@ForAll long seed) {
        Random random = new Random(seed);
        int dimension = 384;
        TokenStatistics statistics = Vectors.statistics(random, dimension);
        float[] floats = Vectors.tokens(random, 8, dimension);
        TokenVectors passage =
                new TokenQuantizer(statistics, TokenVectorForm.BITS).quantize(Vectors.tokens(random, 30, dimension));

        double expected = 0;
        for (int token = 0; token < 8; token++) {
            double best = -1;
            for (int other = 0; other < passage.count(); other++) {
                best = Math.max(best, cosine(floats, token, statistics, passage, other));
            }
            expected += best;
        }

        assertThat(vector.score(QueryTokens.of(floats, statistics), passage)).isCloseTo(expected, within(0.05));
    }

    private static double cosine(
            float[] query, int token, TokenStatistics statistics, TokenVectors passage, int vector) {
        double product = 0;
        double square = 0;
        double spreadSquare = 0;
        for (int i = 0; i < statistics.dimension(); i++) {
            double centred =
                    query[token * statistics.dimension() + i] - statistics.mean()[i];
            double spread = statistics.spread()[i];
            product += centred * spread * (2 * Vectors.bit(passage, vector, i) - 1);
            square += centred * centred;
            spreadSquare += spread * spread;
        }
        return product / Math.sqrt(square * spreadSquare);
    }

    @Example
    void aPassageOfTheQueryItselfScoresHigherThanAnother() {
        Random random = new Random(7);
        TokenStatistics statistics = Vectors.around(new float[384]);
        float[] tokens = Vectors.tokens(random, 10, 384);
        TokenQuantizer quantizer = new TokenQuantizer(statistics, TokenVectorForm.BITS);

        double same = MaxSim.fastest().score(QueryTokens.of(tokens, statistics), quantizer.quantize(tokens));
        double other = MaxSim.fastest()
                .score(QueryTokens.of(tokens, statistics), quantizer.quantize(Vectors.tokens(random, 10, 384)));

        assertThat(same).isGreaterThan(2 * other).isLessThanOrEqualTo(10);
    }

    @Example
    void withoutTokensThereIsNothingToScore() {
        TokenStatistics statistics = Vectors.statistics(new Random(1), 8);
        TokenQuantizer quantizer = new TokenQuantizer(statistics, TokenVectorForm.PAIRS);
        QueryTokens query = QueryTokens.of(new float[8], statistics);

        assertThat(scalar.score(query, quantizer.quantize(new float[0]))).isZero();
        assertThat(vector.score(query, quantizer.quantize(new float[0]))).isZero();
        assertThat(vector.score(QueryTokens.of(new float[0], statistics), quantizer.quantize(new float[8])))
                .isZero();
    }

    @Example
    void aTokenThatIsTheMeanItselfCountsNothing() {
        TokenStatistics statistics = Vectors.statistics(new Random(1), 8);
        TokenVectors passage = new TokenQuantizer(statistics, TokenVectorForm.BITS).quantize(new float[16]);

        assertThat(vector.score(QueryTokens.of(statistics.mean(), statistics), passage))
                .isZero();
    }

    @Example
    void otherDimensionsAreRefused() {
        QueryTokens query = QueryTokens.of(new float[16], Vectors.statistics(new Random(1), 16));
        TokenVectors passage =
                new TokenQuantizer(Vectors.statistics(new Random(1), 8), TokenVectorForm.BITS).quantize(new float[8]);

        assertThatThrownBy(() -> scalar.score(query, passage)).hasMessageContainingAll("16", "8");
        assertThatThrownBy(() -> vector.score(query, passage)).hasMessageContainingAll("16", "8");
    }

    /** The build runs its tests with the module, as the query API is run. */
    @Example
    void simdIsUsedWhereTheRuntimeHasIt() {
        assertThat(MaxSim.hasVectorModule()).isTrue();
        assertThat(MaxSim.fastest()).isInstanceOf(VectorMaxSim.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 64})
    void aLastGroupThatIsNotFullCountsItsVectorsOnly(int passageTokens) {
        Random random = new Random(passageTokens);
        TokenStatistics statistics = Vectors.around(new float[64]);
        float[] opposite = new float[64 * passageTokens];
        Arrays.fill(opposite, -1);
        TokenVectors passage = new TokenQuantizer(statistics, TokenVectorForm.BITS).quantize(opposite);
        float[] query = new float[64];
        Arrays.fill(query, random.nextFloat() + 0.5f);

        assertThat(vector.score(QueryTokens.of(query, statistics), passage)).isCloseTo(-1, within(1e-9));
    }

    private static TokenVectorForm kept(TokenVectorForm form) {
        return form == TokenVectorForm.OFF ? TokenVectorForm.BITS : form;
    }
}
