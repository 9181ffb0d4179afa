package dev.freshet.core.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A query that is many times as long may take that many times as long, and not the square of it. */
class LinearTimeTest {
    private static final int SHORT = 2_000;
    private static final int TIMES = 64;
    /** Between 64 and its square, 4 096; far from both, because others use the machine as well. */
    private static final double MOST_TIMES = 1_000;

    private static final Map<String, List<String>> DOMAINS =
            Map.of("letters", List.of("a", "a a a b", "compare", "how do i now"), "signs", List.of("c++"));

    private final RuleAnalyzer analyzer = new RuleAnalyzer();
    private final RuleRewriter rewriter = new RuleRewriter();

    static List<String> baits() {
        return OddQueries.baits();
    }

    @ParameterizedTest
    @MethodSource("baits")
    void noQueryTakesTheSquareOfItsLength(String bait) {
        String one = bait.repeat(SHORT / bait.length());
        String many = one.repeat(TIMES);
        long ofOne = Long.MAX_VALUE;
        long ofMany = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            ofOne = Math.min(ofOne, nanos(one));
            ofMany = Math.min(ofMany, nanos(many));
        }

        assertThat((double) ofMany / ofOne).isLessThan(MOST_TIMES);
    }

    private long nanos(String query) {
        long start = System.nanoTime();
        QueryAnalysis analysis = analyzer.analysis(query, DOMAINS);
        int wordings = rewriter.wordings(query, analysis, 8).size();
        long nanos = System.nanoTime() - start;
        assertThat(wordings).isLessThanOrEqualTo(8);
        return nanos;
    }
}
