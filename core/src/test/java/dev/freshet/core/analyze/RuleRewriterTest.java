package dev.freshet.core.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleRewriterTest {
    private final RuleAnalyzer analyzer = new RuleAnalyzer();
    private final RuleRewriter rewriter = new RuleRewriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            how do I restart the job                              | restart the job / restart job
            Hi, can you tell me how to restart the job, please?   | restart the job, please / restart job
            what is the capital of France                         | the capital of France / capital France
            can I carry over vacation days?                       | carry over vacation days / carry vacation days
            wie kann ich mein Passwort zurücksetzen?              | mein Passwort zurücksetzen / Passwort zurücksetzen
            difference between staging and production             | staging / production / difference staging production
            what is the difference between the "A" and the "B" plan? | the "A" / the "B" plan / the difference between the "A" and the "B" plan / A B / difference A B plan
            compare C++ with Rust                                 | C++ / Rust / compare C++ Rust
            is Kafka better than Pulsar                           | Kafka / Pulsar / Kafka better than Pulsar / Kafka better Pulsar
            Kafka vs. Pulsar                                      | Kafka / Pulsar
            what is the refund process and how do I start it      | the refund process / start it / the refund process and how do I start it / refund process start
            Who approves expenses? And is there a limit?          | approves expenses / a limit / approves expenses? And is there a limit / approves expenses limit
            why does ABC-123 fail                                 | ABC-123 fail / ABC-123
            ABC-123                                               |
            vacation policy                                       |
            IT support                                            |
            may release plans                                     | release plans
            may the release wait                                  | the release wait / release wait
            de quoi parle la documentation du service             | parle documentation service
            """)
    void partsOfAQueryAreWordingsOfIt(String query, String wordings) {
        assertThat(String.join(" / ", wordings(query, 8))).isEqualTo(wordings == null ? "" : wordings);
    }

    @Provide
    static Arbitrary<String> queries() {
        Arbitrary<String> piece = Arbitraries.of(
                "how do I ",
                "what is ",
                "and how ",
                "restart ",
                "the job ",
                "ABC-123 ",
                "\"a phrase\" ",
                "? ",
                ". ",
                "vs ",
                "compare ",
                "between ",
                "and ",
                "IT ",
                "please ",
                "C++ ",
                "wie kann ich ",
                "\"",
                "(",
                ") ",
                "docs/a.md ",
                "\u00fc ",
                "\u5b57 ",
                "\n");
        return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    @Property
    void wordingsAreOtherOnesAndNoLongerThanTheQuery(
            @ForAll("queries") String query, @ForAll @IntRange(max = 6) int most) {
        List<String> wordings = wordings(query, most);

        List<String> keys = new ArrayList<>(List.of(QueryRewriterContract.withoutCaseAndSpace(query)));
        wordings.forEach(wording -> keys.add(QueryRewriterContract.withoutCaseAndSpace(wording)));
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(wordings)
                .hasSizeLessThanOrEqualTo(most)
                .allSatisfy(wording -> assertThat(wording).isNotBlank().hasSizeLessThanOrEqualTo(query.length()));
    }

    @Property
    void theSameQueryHasTheSameWordings(@ForAll("queries") String query) {
        List<String> all = wordings(query, 6);

        assertThat(new RuleRewriter().wordings(query, analyzer.analysis(query, Map.of()), 6))
                .isEqualTo(all);
        assertThat(wordings(query, 2)).isEqualTo(all.subList(0, Math.min(2, all.size())));
    }

    @Property
    void aWordingHasOnlyWordsOfTheQuery(@ForAll("queries") String query) {
        assertThat(wordings(query, 6))
                .allSatisfy(wording -> assertThat(words(query)).containsAll(words(wording)));
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{N}+]+", -1))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private List<String> wordings(String query, int most) {
        return rewriter.wordings(query, analyzer.analysis(query, Map.of()), most);
    }
}
