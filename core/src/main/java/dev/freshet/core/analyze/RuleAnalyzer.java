package dev.freshet.core.analyze;

import dev.freshet.core.analyze.Reading.Hit;
import dev.freshet.core.analyze.Rule.Matter;
import dev.freshet.core.analyze.Rule.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Analyses queries by the table of rules in {@code /freshet/analyze/rules.txt}. It looks at every character a bounded number of times,
 * and answers at once.
 */
public final class RuleAnalyzer implements QueryAnalyzer {
    private static final int MOST_WORDS_OF_A_SIMPLE_QUERY = 5;

    private final RuleTable rules = RuleTable.BUILT_IN;
    /** Of the last domains that were asked for: profiles change seldom. */
    private volatile DomainTerms lastTerms = DomainTerms.NONE;

    @Override
    public CompletableFuture<QueryAnalysis> analyze(String query, Map<String, List<String>> domains) {
        return CompletableFuture.completedFuture(analysis(query, domains));
    }

    /** The same, without a future around it. */
    public QueryAnalysis analysis(String query, Map<String, List<String>> domains) {
        Identifiers identifiers = Identifiers.of(query);
        QueryWords words = QueryWords.of(query, identifiers.spans());
        Reading reading = new Reading(rules, words);
        List<String> texts = identifiers.texts();
        List<String> phrases = QuotedPhrases.of(query);
        List<String> reasons = new ArrayList<>();

        Intent intent = intent(reading, new QueryShapes(rules, words, texts), reasons);
        Complexity complexity = complexity(reading, words, reasons);
        TimeRelevance time = time(reading, words, identifiers.namesADate(), reasons);
        boolean cacheable = cacheable(reading, reasons);
        List<String> named = domains(query, domains, reasons);
        return new QueryAnalysis(intent, complexity, texts, phrases, named, time, cacheable, reasons);
    }

    private Intent intent(Reading reading, QueryShapes shapes, List<String> reasons) {
        IntentVote vote = new IntentVote();
        for (Hit hit : reading.hits(Matter.INTENT)) {
            vote.add(hit, hit.word() == reading.first());
        }
        for (QueryShape shape : shapes.all()) {
            Rule rule = rules.ofShape(shape);
            if (rule != null) {
                vote.add(rule, shape);
            }
        }
        reasons.add(vote.reason());
        return vote.winner();
    }

    private Complexity complexity(Reading reading, QueryWords words, List<String> reasons) {
        List<Hit> hits = reading.hits(Matter.COMPLEXITY);
        if (!hits.isEmpty()) {
            reasons.add("compound: has '%s'".formatted(hits.getFirst().rule().wording()));
            return Complexity.COMPOUND;
        }
        int questions = Clause.questions(words, rules).size();
        if (questions > 1) {
            reasons.add("compound: %d questions".formatted(questions));
            return Complexity.COMPOUND;
        }
        boolean few = words.count() <= MOST_WORDS_OF_A_SIMPLE_QUERY;
        reasons.add("%s: %d words".formatted(few ? "simple" : "moderate", words.count()));
        return few ? Complexity.SIMPLE : Complexity.MODERATE;
    }

    private TimeRelevance time(Reading reading, QueryWords words, boolean namesADate, List<String> reasons) {
        List<Hit> hits = reading.hits(Matter.TIME);
        Hit period = first(hits, Verdict.PERIOD);
        String year = new Years(rules, words).named();
        if (namesADate || year != null || period != null) {
            reasons.add("period: names " + (namesADate ? "a date" : year != null ? year : "'" + wording(period) + "'"));
            return TimeRelevance.PERIOD;
        }
        Hit recent = first(hits, Verdict.RECENT);
        if (recent != null) {
            reasons.add("recent: has '%s'".formatted(wording(recent)));
            return TimeRelevance.RECENT;
        }
        return TimeRelevance.NONE;
    }

    private boolean cacheable(Reading reading, List<String> reasons) {
        List<Hit> hits = reading.hits(Matter.CACHE);
        if (!hits.isEmpty()) {
            boolean asker = hits.getFirst().rule().verdict() == Verdict.ASKER;
            reasons.add("not cacheable: depends on %s, has '%s'"
                    .formatted(asker ? "who asks" : "the moment", wording(hits.getFirst())));
        }
        return hits.isEmpty();
    }

    private List<String> domains(String query, Map<String, List<String>> domains, List<String> reasons) {
        if (domains.isEmpty()) {
            return List.of();
        }
        DomainTerms terms = lastTerms;
        if (!terms.areOf(domains)) {
            terms = new DomainTerms(domains);
            lastTerms = terms;
        }
        Map<String, String> named = terms.named(QueryWords.of(query));
        named.forEach((domain, term) -> reasons.add("domain %s: has '%s'".formatted(domain, term)));
        return List.copyOf(named.keySet());
    }

    private static @Nullable Hit first(List<Hit> hits, Verdict verdict) {
        return hits.stream()
                .filter(hit -> hit.rule().verdict() == verdict)
                .findFirst()
                .orElse(null);
    }

    private static String wording(@Nullable Hit hit) {
        return hit == null ? "" : hit.rule().wording();
    }
}
