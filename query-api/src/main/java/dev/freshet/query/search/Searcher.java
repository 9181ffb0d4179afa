package dev.freshet.query.search;

import dev.freshet.core.analyze.QueryAnalysis;
import dev.freshet.core.analyze.QueryLanguage;
import dev.freshet.core.analyze.RuleAnalyzer;
import dev.freshet.core.fuse.FusedList;
import dev.freshet.core.fuse.RankedList;
import dev.freshet.core.fuse.Signal;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.Recipe;
import dev.freshet.core.plan.SearchPlan;
import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.rank.Cursor;
import dev.freshet.core.rank.Freshness;
import dev.freshet.core.rank.Ranked;
import dev.freshet.core.rank.RankingSummary;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.HitCount;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.search.Visibility;
import dev.freshet.query.access.Caller;
import dev.freshet.query.highlight.Highlighter;
import dev.freshet.query.highlight.Span;
import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A search from a request to hits: analyse, plan, embed, retrieve, fuse, look again, thin out, highlight. Each stage runs on the caller's
 * thread within the request's deadline, and is replaced by less when it fails.
 */
final class Searcher {
    private static final RuleAnalyzer RULES = new RuleAnalyzer();

    private final Engines engines;
    private final Retriever retriever;
    private final Ranker ranker;
    private final Pages pages;
    private final Supplier<RankingProfile> profiles;
    private final Duration timeout;
    private final InstantSource clock;
    private volatile @Nullable DomainsOf domainsOf;

    /**
     * Creates it.
     *
     * @param profiles gives the profile that is active
     * @param timeout of a whole search
     */
    Searcher(Engines engines, Supplier<RankingProfile> profiles, Duration timeout, InstantSource clock) {
        this.engines = engines;
        this.ranker = new Ranker(engines.reader(), engines.rerankers(), engines.traits());
        this.retriever = new Retriever(engines, ranker::needsTokens);
        this.pages = new Pages(engines.reader());
        this.profiles = profiles;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Runs a search.
     *
     * @param cursor of an earlier answer, to go on with; null to begin
     * @throws ProblemException when no leg answered, or the cursor is of another search
     */
    SearchAnswer search(Caller caller, SearchRequest request, @Nullable Cursor cursor) {
        Running running = new Running(Deadline.after(timeout), new SearchTimings(), new Degradation());
        RankingProfile profile = profiles.get();
        QueryAnalysis analysis = analyze(request.query(), profile, running);
        SearchPlan plan = Planner.plan(request, analysis, profile);
        Asked asked = new Asked(
                caller.visibility(),
                request,
                profile.label(),
                analysis,
                plan,
                language(request),
                Pages.fingerprint(caller, request, profile));
        if (cursor != null) {
            running.timings().end(Stage.ANALYZE);
            return highlighted(asked, pages.next(asked, cursor, running), running);
        }
        return highlighted(asked, first(asked, running), running);
    }

    /**
     * A search that is understood.
     *
     * @param profile by name and version
     * @param language of the query; null where it is not known
     * @param fingerprint equal for searches that may share a cursor
     */
    record Asked(
            Visibility visibility,
            SearchRequest request,
            String profile,
            QueryAnalysis analysis,
            SearchPlan plan,
            @Nullable String language,
            String fingerprint) {}

    /**
     * Hits, and what comes after them.
     *
     * @param rank of the first
     */
    record Page(
            int rank,
            List<Ranked> hits,
            RankingSummary summary,
            @Nullable HitCount total,
            List<String> degraded,
            @Nullable Cursor next) {}

    private Page first(Asked asked, Running running) {
        Retriever.Candidates candidates = retriever.candidates(
                asked.request(), asked.analysis(), asked.plan(), asked.visibility(), asked.language(), running);
        if (candidates.legs().isEmpty()) {
            throw new ProblemException(Problem.unavailable(
                    "search-unavailable",
                    "Nothing could be searched: "
                            + String.join(", ", running.degradation().codes()) + "."));
        }
        FusedList<FoundChunk> fused = fuse(candidates, asked.plan().recipe());
        running.timings().end(Stage.FUSE);
        Ranker.Order order = ranker.order(asked, candidates.query(), fused, running);
        List<String> degraded = running.degradation().codes();
        int k = Math.min(asked.request().k(), order.hits().size());
        List<Ranked> hits = order.hits().subList(0, k);
        List<Ranked> rest = order.hits().subList(k, order.hits().size());
        HitCount total = total(candidates.legs(), fused.items().size());
        Cursor next =
                rest.isEmpty() ? null : Cursor.of(asked.fingerprint(), 1 + k, order.summary(), degraded, total, rest);
        return new Page(1, hits, order.summary(), total, degraded, next);
    }

    private QueryAnalysis analyze(String query, RankingProfile profile, Running running) {
        Map<String, List<String>> domains = domains(profile);
        try {
            return running.deadline().await(engines.analyzer().analyze(query, domains));
        } catch (ExecutionException | TimeoutException e) {
            return RULES.analysis(query, domains);
        }
    }

    private Map<String, List<String>> domains(RankingProfile profile) {
        DomainsOf known = domainsOf;
        if (known == null || !known.profile().equals(profile)) {
            Map<String, List<String>> terms = new HashMap<>();
            profile.domains().forEach((name, domain) -> terms.put(name, domain.terms()));
            known = new DomainsOf(profile, terms);
            domainsOf = known;
        }
        return known.terms();
    }

    private record DomainsOf(RankingProfile profile, Map<String, List<String>> terms) {}

    /** As the caller says; or of the documents that the caller wants; or as the query's words tell. */
    private static @Nullable String language(SearchRequest request) {
        if (request.language() != null) {
            return request.language();
        }
        for (Filter filter : request.filters()) {
            if (filter instanceof Filter.Equal(String key, String value) && key.equals("language")) {
                return value;
            }
        }
        return QueryLanguage.of(request.query());
    }

    private FusedList<FoundChunk> fuse(Retriever.Candidates candidates, Recipe recipe) {
        List<RankedList<FoundChunk>> lists = new ArrayList<>();
        for (int i = 0; i < candidates.legs().size(); i++) {
            LegOutcome.Found leg = candidates.legs().get(i);
            lists.add(new RankedList<>(
                    leg.name(),
                    candidates.weights().get(i),
                    leg.chunks().stream()
                            .map(scored ->
                                    new RankedList.Entry<>(scored.chunk().chunkId(), scored.score(), scored.chunk()))
                            .toList()));
        }
        if (recipe.freshness() == 0) {
            return recipe.fusion().fuse(lists);
        }
        Freshness freshness = new Freshness(clock.instant(), recipe.halfLife());
        return recipe.fusion()
                .fuse(lists, new Signal<>("freshness", recipe.freshness(), chunk -> freshness.of(chunk.changedAt())));
    }

    /** What the words matched, where they were asked, or else what there is; more where that is cut. */
    private static @Nullable HitCount total(List<LegOutcome.Found> legs, int candidates) {
        HitCount most = null;
        for (LegOutcome.Found leg : legs) {
            HitCount matching = leg.matching();
            if (matching != null && (most == null || matching.value() > most.value())) {
                most = matching;
            }
        }
        // Vectors match everything, more or less.
        return most == null || most.value() < candidates ? new HitCount(candidates, false) : most;
    }

    private SearchAnswer highlighted(Asked asked, Page page, Running running) {
        List<List<Span>> highlights = new ArrayList<>();
        if (asked.request().highlight()) {
            Highlighter highlighter = Highlighter.of(asked.request().query(), asked.language());
            for (Ranked hit : page.hits()) {
                highlights.add(highlighter.spans(hit.chunk().text()));
            }
        }
        running.timings().end(Stage.HIGHLIGHT);
        return new SearchAnswer(
                asked.request(),
                asked.profile(),
                asked.analysis(),
                asked.plan(),
                page.summary(),
                page.rank(),
                page.hits(),
                highlights,
                page.total(),
                page.next(),
                running.timings(),
                page.degraded());
    }
}
