package dev.freshet.core.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link QueryRewriter} does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QueryRewriterContract {
    private static final String QUESTION = "how do I restart the ingest job after \"out of memory\" in v3.5.0?";

    private final RuleAnalyzer analyzer = new RuleAnalyzer();
    private QueryRewriter rewriter;

    protected abstract QueryRewriter open() throws Exception;

    /** What {@link #open} opened has been used. */
    protected void close() throws Exception {}

    @BeforeEach
    final void openRewriter() throws Exception {
        rewriter = open();
    }

    @AfterEach
    final void closeRewriter() throws Exception {
        close();
    }

    @Test
    void aQuestionHasOtherWordings() throws Exception {
        assertThat(rewrite(QUESTION, 4)).isNotEmpty();
    }

    @Test
    void thereAreNoMoreThanAreWanted() throws Exception {
        for (int most : new int[] {-1, 0, 1, 2, 3}) {
            assertThat(rewrite(QUESTION, most)).hasSizeLessThanOrEqualTo(Math.max(0, most));
        }
    }

    @Test
    void whatHasNoOtherWordingMayHaveNone() throws Exception {
        assertThat(rewrite("", 4)).isEmpty();
        assertThat(rewrite(" \t", 4)).isEmpty();
    }

    @Test
    void concurrentCallsGetTheirOwnWordings() throws Exception {
        List<CompletableFuture<List<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String query = "how do I restart the job number%d?".formatted(i);
            calls.add(rewriter.rewrite(query, analyzer.analysis(query, Map.of()), 2));
        }

        for (int i = 0; i < calls.size(); i++) {
            String own = "number" + i;
            assertThat(calls.get(i).get(30, TimeUnit.SECONDS)).isNotEmpty().allMatch(text -> text.endsWith(own));
        }
    }

    static List<String> oddQueries() {
        return OddQueries.queries();
    }

    @ParameterizedTest
    @MethodSource("oddQueries")
    void noWordingIsTheQueryOrThereTwice(String query) throws Exception {
        List<String> wordings = rewrite(query, 8);

        List<String> keys = new ArrayList<>(wordings.stream()
                .map(QueryRewriterContract::withoutCaseAndSpace)
                .toList());
        keys.add(withoutCaseAndSpace(query));
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(wordings).hasSizeLessThanOrEqualTo(8).noneMatch(String::isBlank);
    }

    static String withoutCaseAndSpace(String text) {
        return text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    private List<String> rewrite(String query, int most) throws Exception {
        return rewriter.rewrite(query, analyzer.analysis(query, Map.of()), most).get(30, TimeUnit.SECONDS);
    }
}
