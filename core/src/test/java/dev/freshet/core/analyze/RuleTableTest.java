package dev.freshet.core.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.analyze.Rule.Matter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTableTest {
    private static final String GROUPS = """
            question = how
            auxiliary = is
            seeks = where
            side = and
            else-side = with
            """;

    @Test
    void theLongestWordingAtAPlaceCountsAndWordsInsideItDoNot() {
        assertThat(wordings("procedural 3 has: how to | to fix", "troubleshooting 3 has: how to fix | fix"))
                .containsExactly("how to fix");
    }

    @Test
    void nothingKeepsShorterWordingsOutOfEveryMatter() {
        assertThat(wordings("troubleshooting 2 has: fix", "nothing has: how to fix"))
                .isEmpty();
    }

    @Test
    void aStarIsAnyOneWord() {
        assertThat(wordings("procedural 3 has: how * fix")).containsExactly("how * fix");
        assertThat(wordings("procedural 3 has: how * *  * it")).isEmpty();
    }

    @Test
    void aGroupStandsForEachOfItsWords() {
        assertThat(wordings("verb = mend | fix", "procedural 3 has: <verb> it")).containsExactly("fix it");
    }

    @Test
    void aWordingCountsAtItsPlaceOnly() {
        assertThat(wordings("procedural 3 begins: fix")).isEmpty();
        assertThat(wordings("procedural 3 ends: it")).containsExactly("it");
        assertThat(wordings("procedural 3 title: fix")).isEmpty();
        assertThat(wordings("procedural 3 where: fix")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "procedural",
                "procedural: how to",
                "unknown 3 has: how to",
                "procedural x has: how to",
                "procedural 3 nowhere: how to",
                "procedural 3 has: how to | | fix",
                "procedural 3 has: * fix",
                "procedural 3 has: <unknown> fix",
                "procedural 3 shape: a square"
            })
    void aLineThatIsNoneIsNamed(String line) {
        assertThatThrownBy(() -> new RuleTable(GROUPS + line))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Line 6")
                .hasMessageContaining(line);
    }

    private static List<String> wordings(String... lines) {
        RuleTable table = new RuleTable(GROUPS + String.join("\n", lines));
        Reading reading = new Reading(table, QueryWords.of("how to fix it"));
        return reading.hits(Matter.INTENT).stream()
                .map(hit -> hit.rule().wording())
                .toList();
    }
}
