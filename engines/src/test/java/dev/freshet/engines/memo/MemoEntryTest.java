package dev.freshet.engines.memo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.UnitVector;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoEntryTest {
    private static final Embedded EMBEDDED = new Embedded(UnitVector.of(new float[] {1, -2, 3}), 17);

    @Property
    void whatWasWrittenIsRead(
            @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = 0.1f, max = 1) Float> components,
            @ForAll @IntRange(max = 100_000) int tokens) {
        float[] vector = new float[components.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = components.get(i);
        }
        UnitVector.of(vector);

        Embedded read = MemoEntry.read("key", MemoEntry.write("key", new Embedded(vector, tokens)), vector.length);

        assertThat(read).isNotNull().satisfies(same -> {
            assertThat(same.vector()).containsExactly(vector);
            assertThat(same.tokens()).isEqualTo(tokens);
        });
    }

    @Test
    void theVectorsOfTokensAreReadToo() {
        byte[] tokenVectors = {1, 0, 0, 3, 42};

        Embedded read =
                MemoEntry.read("key", MemoEntry.write("key", new Embedded(EMBEDDED.vector(), 17, tokenVectors)), 3);

        assertThat(read)
                .isNotNull()
                .satisfies(same -> assertThat(same.tokenVectors()).containsExactly(tokenVectors));
    }

    @Property
    void anyBitThatIsTurnedIsNoticed(@ForAll @IntRange(max = 8 * 21 - 1) int bit) {
        byte[] value = MemoEntry.write("key", EMBEDDED);
        assertThat(value).hasSize(21);

        value[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(MemoEntry.read("key", value, 3)).isNull();
    }

    @Test
    void aValueUnderAnotherKeyIsNoticed() {
        assertThat(MemoEntry.read("other", MemoEntry.write("key", EMBEDDED), 3)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 384})
    void aVectorOfAnotherDimensionIsNotRead(int dimension) {
        assertThat(MemoEntry.read("key", MemoEntry.write("key", EMBEDDED), dimension))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 0, 2})
    void aVectorOfAnotherLengthThanOneIsNotRead(float component) {
        byte[] value = MemoEntry.write("key", new Embedded(new float[] {component, 0, 0}, 1));

        assertThat(MemoEntry.read("key", value, 3)).isNull();
    }

    @Test
    void bytesOfSomebodyElseAreNotRead() {
        assertThat(MemoEntry.read("key", new byte[0], 3)).isNull();
        assertThat(MemoEntry.read("key", new byte[21], 3)).isNull();
    }
}
