package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.contender.PageChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideTableTest {
    @Test
    void ratiosAreOfTheSameTurn() {
        Side one = new Named("one");
        Side other = new Named("other");
        SideTable table = new SideTable("load", "pages");
        for (double seconds : List.of(1.0, 2.0, 4.0)) {
            table.add(one, round(seconds));
            table.add(other, round(3 * seconds));
        }

        assertThat(table.ratios(one, other)).isEqualTo("3.00 (3.00–3.00)");
        assertThat(table.ratios(other, one)).isEqualTo("0.33 (0.33–0.33)");
    }

    @Test
    void aRoundTellsWhatIsLeftOfOlderTexts() {
        assertThat(new SideRound(10, 2, 4, 100, 1, 7, 5).surplus()).isEqualTo(2);
        assertThat(new SideRound(10, 2, 4, 100, 1, 7, 5).changesPerSecond()).isEqualTo(5);
        assertThat(new SideRound(10, 2, 4, 100, 1, 7, 5).tokensOfAChunk()).isEqualTo(25);
    }

    private static SideRound round(double seconds) {
        return new SideRound(12, seconds, 1, 1, 1, 1, 1);
    }

    private record Named(String name) implements Side {
        @Override
        public SideRound load(int turn, List<PageChange> pages) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SideRound replay(int turn, List<PageChange> changes) {
            throw new UnsupportedOperationException();
        }
    }
}
