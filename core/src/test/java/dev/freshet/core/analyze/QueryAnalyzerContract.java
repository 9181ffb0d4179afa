package dev.freshet.core.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link QueryAnalyzer} does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QueryAnalyzerContract {
    private static final Map<String, List<String>> DOMAINS =
            Map.of("billing", List.of("invoice", "Credit Note"), "languages", List.of("c++", ".net"));

    private QueryAnalyzer analyzer;

    protected abstract QueryAnalyzer open() throws Exception;

    /** What {@link #open} opened has been used. */
    protected void close() throws Exception {}

    @BeforeEach
    final void openAnalyzer() throws Exception {
        analyzer = open();
    }

    @AfterEach
    final void closeAnalyzer() throws Exception {
        close();
    }

    @Test
    void whatIsLookedForLiterallyStandsInTheQuery() throws Exception {
        QueryAnalysis analysis =
                analysis("why does \"rolling restart\" of ABC-123 need index.refresh_interval in v3.5.0");

        assertThat(analysis.identifiers()).containsExactly("ABC-123", "index.refresh_interval", "v3.5.0");
        assertThat(analysis.phrases()).containsExactly("rolling restart");
        assertThat(analysis.literal()).isTrue();
    }

    @Test
    void domainsAreNamedByWholeWordsInAnyCase() throws Exception {
        assertThat(analysis("who pays the INVOICE").domains()).containsExactly("billing");
        assertThat(analysis("a credit-note for C++ courses").domains()).containsExactly("billing", "languages");
        assertThat(analysis("invoices, credit, notes, c and net").domains()).isEmpty();
        assertThat(analyzer.analyze("who pays the invoice", Map.of())
                        .get(30, TimeUnit.SECONDS)
                        .domains())
                .isEmpty();
    }

    @Test
    void whatDependsOnTheAskerIsNotCacheable() throws Exception {
        assertThat(analysis("which tickets are assigned to me").cacheable()).isFalse();
        assertThat(analysis("which tickets are open in billing").cacheable()).isTrue();
    }

    @Test
    void reasonsAreGivenAndHoldNoQuery() throws Exception {
        String query = "how do I tell the confidential zebra from the others?";

        assertThat(analysis(query).reasons())
                .isNotEmpty()
                .allSatisfy(reason ->
                        assertThat(reason).isNotBlank().doesNotContain("zebra").hasSizeLessThan(500));
    }

    @Test
    void anEmptyQueryIsAnalysed() throws Exception {
        for (String query : List.of("", " \n\t", "?!")) {
            QueryAnalysis analysis = analysis(query);

            assertThat(analysis.intent()).isEqualTo(Intent.FACTUAL);
            assertThat(analysis.complexity()).isEqualTo(Complexity.SIMPLE);
            assertThat(analysis.literal()).isFalse();
        }
    }

    @Test
    void concurrentCallsGetTheirOwnAnalyses() throws Exception {
        List<CompletableFuture<QueryAnalysis>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(analyzer.analyze("what is known of ABC-" + (100 + i), DOMAINS));
        }

        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).get(30, TimeUnit.SECONDS).identifiers()).containsExactly("ABC-" + (100 + i));
        }
    }

    static List<String> oddQueries() {
        return OddQueries.queries();
    }

    @ParameterizedTest
    @MethodSource("oddQueries")
    void oddQueriesAreAnalysedWithinBounds(String query) throws Exception {
        QueryAnalysis analysis = analysis(query);

        assertThat(analysis.identifiers())
                .hasSizeLessThanOrEqualTo(16)
                .doesNotHaveDuplicates()
                .allSatisfy(identifier -> assertThat(identifier)
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(128)
                        .isSubstringOf(query));
        assertThat(analysis.phrases())
                .hasSizeLessThanOrEqualTo(8)
                .doesNotHaveDuplicates()
                .allSatisfy(phrase -> assertThat(phrase)
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(200)
                        .isSubstringOf(query));
        assertThat(analysis.reasons()).isNotEmpty().hasSizeLessThan(20);
    }

    private QueryAnalysis analysis(String query) throws Exception {
        return analyzer.analyze(query, DOMAINS).get(30, TimeUnit.SECONDS);
    }
}
