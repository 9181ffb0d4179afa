package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.bench.BeirCollection.Query;
import dev.freshet.bench.SearchSide.Answer;
import dev.freshet.core.evaluation.Judgements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchTablesTest {
    private static final Query QUERY = new Query("why", new Judgements(Map.of("a", 1, "b", 1)));
    private static final Answer BOTH = new Answer(3, List.of("a", "b"), false);
    private static final Answer HALF = new Answer(5, List.of("a"), true);
    private static final Answer NONE = new Answer(7, List.of("c"), false);

    @Test
    void recallIsThatOfAHundredWhereSoManyAreAskedFor() {
        assertThat(new SearchScores(100).recallName()).isEqualTo("recall@100");
        assertThat(new SearchScores(10).recallName()).isEqualTo("recall@10");
    }

    @Test
    void scoresAreMeansOfAllQueries() {
        SearchScores scores = scores(BOTH, HALF, NONE, NONE);

        assertThat(scores.recall()).isEqualTo((1 + 0.5) / 4);
        assertThat(scores.documents()).isEqualTo(5 / 4.0);
        assertThat(scores.degraded()).isEqualTo(1);
        assertThat(scores.ndcgs()).hasSize(4).startsWith(1.0).endsWith(0.0);
    }

    @Test
    void sidesAreComparedWithTheFirst() {
        RetrievalTable table = new RetrievalTable("tiny", 10);
        SearchSide one = new Named("one");
        SearchSide other = new Named("other");
        table.expect(one, "12");
        table.expect(other, "15");
        for (int round = 0; round < 4; round++) {
            table.judge(one, QUERY, BOTH);
            table.judge(other, QUERY, HALF);
            table.time(one, BOTH);
            table.time(other, HALF);
        }

        assertThat(table.text())
                .contains("| tiny | chunks | nDCG@10 | one ahead by (95 %) | recall@10 |")
                .contains("| one | 12 | 1.0000 |  | 1.0000 | 2.0 of 10 | 0 | 3.00 | 3.00 |")
                .contains(
                        "| other | 15 | 0.6131 | +0.3869 (+0.3869 to +0.3869) | 0.5000 | 1.0 of 10 | 4 | 5.00 | 5.00 |")
                .contains("HTTP and JSON");
        assertThat(table.summary()).isEqualTo("tiny: one 1.000 (1.000; 3.0 ms), other 0.613 (0.500; 5.0 ms)");
    }

    @Test
    void whoWasNotExpectedIsNotCounted() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new RetrievalTable("tiny", 10).time(new Named("one"), BOTH))
                .withMessageContaining("one");
    }

    /** The vector leg has the better order, the keyword leg finds more. */
    @Test
    void waysToAskAreComparedWithTheLegThatIsBetterByEachMeasure() {
        VariantTable table = new VariantTable();
        table.add(SearchVariant.of("keyword", "{}"), scores(new Answer(1, List.of("x", "y", "z", "a", "b"), false)));
        table.add(SearchVariant.of("vector", "{}"), scores(HALF));
        table.add(SearchVariant.of("both", "{\"mode\":\"hybrid\"}"), scores(BOTH));

        assertThat(table.text())
                .contains("less that of vector (95 %) | recall@100 | less that of keyword (95 %)")
                .contains("| both | `{\"mode\":\"hybrid\"}` | 1.0000 | +0.3869 (+0.3869 to +0.3869) | 1.0000 |"
                        + " +0.0000 (+0.0000 to +0.0000) | 0 |")
                .contains("| vector | `{}` | 0.6131 |  | 0.5000 | -0.5000 (-0.5000 to -0.5000) | 1 |");
    }

    private static SearchScores scores(Answer... answers) {
        SearchScores scores = new SearchScores(100);
        for (Answer answer : answers) {
            scores.add(QUERY, answer);
        }
        return scores;
    }

    private record Named(String name) implements SearchSide {
        @Override
        public Answer ask(String query) {
            throw new UnsupportedOperationException();
        }
    }
}
