package dev.freshet.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;

class VectorSumTest {
    private static final int DIMENSION = 5;

    @Property
    void theSumIsThatOfWhatIsLeftHoweverItCameToThat(@ForAll long seed, @ForAll @IntRange(max = 40) int changes) {
        Random random = new Random(seed);
        List<float[]> left = new ArrayList<>();
        VectorSum sum = VectorSum.NONE;
        for (int i = 0; i < changes; i++) {
            VectorSum.Sums sums = new VectorSum.Sums(sum);
            if (!left.isEmpty() && random.nextInt(3) == 0) {
                sums.add(left.remove(random.nextInt(left.size())), -1);
            } else {
                float[] vector = vector(random);
                int times = 1 + random.nextInt(2);
                sums.add(vector, times);
                left.addAll(Collections.nCopies(times, vector));
            }
            sum = sums.sum();
        }
        Collections.shuffle(left, random);

        VectorSum fromScratch = VectorSum.of(new ArrayList<>(left));

        assertThat(sum.sameAs(fromScratch)).isTrue();
        assertThat(sum.mean()).isEqualTo(fromScratch.mean());
    }

    @Property
    void theMeanIsThatOfTheVectorsWithLengthOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2000) int count) {
        Random random = new Random(seed);
        List<float[]> vectors = new ArrayList<>();
        double[] expected = new double[DIMENSION];
        for (int i = 0; i < count; i++) {
            float[] vector = vector(random);
            vectors.add(vector);
            for (int j = 0; j < DIMENSION; j++) {
                expected[j] += vector[j];
            }
        }
        double length = Math.sqrt(Arrays.stream(expected).map(x -> x * x).sum());

        float[] mean =
                Objects.requireNonNull(VectorSum.of(new ArrayList<>(vectors)).mean());

        for (int j = 0; j < DIMENSION; j++) {
            assertThat((double) mean[j]).isCloseTo(expected[j] / length, Offset.offset(1e-6));
        }
    }

    @Example
    void thereIsNoneWhereNoChunkHasAVectorOrWhereTheyCancelOut() {
        List<float @Nullable []> nothing = new ArrayList<>();
        nothing.add(null);

        assertThat(VectorSum.NONE.mean()).isNull();
        assertThat(VectorSum.of(nothing).mean()).isNull();
        assertThat(VectorSum.of(List.of(new float[] {1, 0}, new float[] {-1, 0}))
                        .mean())
                .isNull();
    }

    /** Also one from another model in the state does not bring the job down. */
    @Example
    void vectorsOfTwoLengthsAreAddedAsFarAsTheyGo() {
        assertThat(VectorSum.of(List.of(new float[] {3}, new float[] {0, 4})).mean())
                .containsExactly(0.6f, 0.8f);
    }

    /** Of length 1, with components of very different sizes. */
    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (random.nextGaussian() * Math.pow(10, -random.nextInt(6)) + (i == 0 ? 0.5 : 0));
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }
}
