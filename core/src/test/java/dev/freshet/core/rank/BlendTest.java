package dev.freshet.core.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.fuse.Fused;
import dev.freshet.core.search.FoundChunk;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlendTest {
    private final List<Fused<FoundChunk>> fused =
            List.of(Chunks.fused("a", 0.8), Chunks.fused("b", 0.6), Chunks.fused("c", 0.4));

    @Test
    void withoutASecondLookTheOrderIsAsItWas() {
        List<Ranked> ranked = Blend.order(fused, new double[0], null);

        assertThat(Chunks.ids(ranked)).containsExactly("a", "b", "c");
        assertThat(ranked.getFirst().score()).isEqualTo(0.8);
    }

    @Test
    void scoresOfAnyScaleAreBlendedByTheWeight() {
        double[] scores = {-3, 11, 4};

        List<Ranked> ranked = Blend.order(fused, scores, Blend.secondLook("r", scores, 0.5));

        assertThat(Chunks.ids(ranked)).containsExactly("b", "c", "a");
        assertThat(ranked.getFirst().score()).isCloseTo(0.5 * 0.6 + 0.5 * 1, within(1e-12));
        assertThat(ranked.get(1).score()).isCloseTo(0.5 * 0.4 + 0.5 * 0.5, within(1e-12));
        assertThat(ranked.get(1).numbers().reranked()).isEqualTo(4);
        assertThat(ranked.get(1).numbers().rerankedNormalized()).isEqualTo(0.5);
    }

    @Test
    void whatWasNotLookedAtStaysBehindThoseBeforeIt() {
        double[] scores = {1, 2};

        List<Ranked> ranked = Blend.order(fused, scores, Blend.secondLook("r", scores, 0.9));

        assertThat(Chunks.ids(ranked)).containsExactly("b", "a", "c");
        assertThat(ranked.getLast().numbers().reranked()).isNaN();
        assertThat(ranked.getLast().score()).isCloseTo(0.1 * 0.4, within(1e-12));
    }

    @Test
    void aLookAtNothingIsNone() {
        assertThat(Blend.secondLook("r", new double[] {Double.NaN, Double.NaN}, 0.5))
                .isNull();
        assertThat(Blend.secondLook("r", new double[0], 0.5)).isNull();
    }

    @Test
    void equalScoresChangeNoOrder() {
        double[] scores = {2, 2, 2};

        assertThat(Chunks.ids(Blend.order(fused, scores, Blend.secondLook("r", scores, 0.5))))
                .containsExactly("a", "b", "c");
    }
}
