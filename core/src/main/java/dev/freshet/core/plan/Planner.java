package dev.freshet.core.plan;

import dev.freshet.core.analyze.Complexity;
import dev.freshet.core.analyze.QueryAnalysis;
import dev.freshet.core.analyze.TimeRelevance;
import dev.freshet.core.describe.Entities;
import dev.freshet.core.fuse.Fusion;
import dev.freshet.core.profile.LegWeights;
import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.GroupBy;
import dev.freshet.core.search.KeywordOptions;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.SearchMode;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.search.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Makes plans: what the request says goes before what the profile says. */
public final class Planner {
    private static final int CHUNKS_PER_DOCUMENT = 3;
    private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
    /** Where the profile collapses nothing and the caller wants it. */
    private static final double COLLAPSE_ABOVE = 0.95;

    private final SearchRequest request;
    private final QueryAnalysis analysis;
    private final RankingProfile profile;
    private final List<String> reasons = new ArrayList<>();

    private Planner(SearchRequest request, QueryAnalysis analysis, RankingProfile profile) {
        this.request = request;
        this.analysis = analysis;
        this.profile = profile;
    }

    /** The plan for a search. */
    public static SearchPlan plan(SearchRequest request, QueryAnalysis analysis, RankingProfile profile) {
        return new Planner(request, analysis, profile).plan();
    }

    private SearchPlan plan() {
        Recipe recipe = recipe();
        return switch (strategy()) {
            case HIERARCHICAL ->
                new SearchPlan.Hierarchical(recipe, profile.hierarchical().documents());
            case MULTI_QUERY ->
                new SearchPlan.MultiQuery(
                        recipe,
                        profile.multiQuery().wordings(),
                        profile.multiQuery().weight());
            case STANDARD, AUTO -> new SearchPlan.Standard(recipe);
        };
    }

    private Strategy strategy() {
        if (request.strategy() != Strategy.AUTO) {
            return request.strategy();
        }
        boolean several = analysis.complexity() == Complexity.COMPOUND
                && profile.multiQuery().compound();
        return several ? Strategy.MULTI_QUERY : Strategy.STANDARD;
    }

    private Recipe recipe() {
        LegWeights weights = weights();
        List<PlannedLeg> legs = legs(weights);
        double freshness = freshness(weights);
        RankingProfile.Keyword keyword = profile.keyword();
        return new Recipe(
                legs,
                new KeywordOptions(
                        keyword.titleWeight(),
                        keyword.headingWeight(),
                        analysis.phrases(),
                        keyword.phraseBoost(),
                        analysis.identifiers(),
                        keyword.identifierBoost()),
                Entities.of(request.query()),
                preferred(),
                new Fusion(profile.fusion().normalisation()),
                freshness,
                Duration.ofMillis(Math.round(profile.recent().halfLifeDays() * MILLIS_PER_DAY)),
                rerank(),
                diversity(),
                reasons);
    }

    private LegWeights weights() {
        if (analysis.literal()) {
            reasons.add("weights of literal: the query names something literally");
            return profile.weights().literal();
        }
        reasons.add("weights of " + analysis.intent().label());
        return profile.weights().of(analysis.intent());
    }

    private List<PlannedLeg> legs(LegWeights weights) {
        List<PlannedLeg> legs = new ArrayList<>();
        RankingProfile.Depths depths = profile.depths();
        for (Leg leg : request.mode().legs()) {
            switch (leg) {
                case VECTOR -> add(legs, leg, depth(depths.vector()), depths.effort(), weights.vector());
                case KEYWORD -> add(legs, leg, depth(depths.keyword()), 0, weights.keyword());
                case METADATA -> add(legs, leg, depth(depths.metadata()), 0, weights.metadata());
            }
        }
        if (legs.isEmpty()) {
            // The one leg that was asked for runs, whatever the profile thinks of it.
            Leg only = request.mode().legs().getFirst();
            int depth = depth(only == Leg.VECTOR ? depths.vector() : depths.keyword());
            legs.add(new PlannedLeg(only, depth, only == Leg.VECTOR ? depths.effort() : 0, 1));
        }
        return legs;
    }

    private void add(List<PlannedLeg> legs, Leg leg, int depth, int effort, double weight) {
        if (weight > 0) {
            legs.add(new PlannedLeg(leg, depth, leg == Leg.VECTOR ? Math.max(effort, depth) : 0, weight));
        } else if (leg != Leg.METADATA) {
            reasons.add("no leg " + leg.label() + ": it has no weight");
        }
    }

    /** Enough for the hits that are wanted. */
    private int depth(int usual) {
        return Math.max(usual, request.groupBy() == GroupBy.DOCUMENT ? CHUNKS_PER_DOCUMENT * request.k() : request.k());
    }

    private double freshness(LegWeights weights) {
        if (analysis.time() != TimeRelevance.RECENT) {
            return weights.freshness();
        }
        double recent = Math.max(weights.freshness(), profile.recent().freshness());
        if (recent > 0) {
            reasons.add(String.format(Locale.ROOT, "freshness counts %.2f: the query asks for what is new", recent));
        }
        return recent;
    }

    private List<Filter> preferred() {
        List<Filter> preferred = new ArrayList<>();
        for (String name : analysis.domains()) {
            RankingProfile.Domain domain = profile.domains().get(name);
            if (domain != null) {
                domain.prefer().forEach((key, value) -> preferred.add(new Filter.Equal(key, value)));
            }
        }
        return preferred;
    }

    private RerankStep rerank() {
        RankingProfile.Rerank usual = profile.rerank();
        // A leg alone is asked for to see what it finds; a second look is more than that.
        String otherwise = request.mode() == SearchMode.HYBRID ? usual.reranker() : RankingProfile.Rerank.NONE;
        String reranker = Objects.requireNonNullElse(request.choices().reranker(), otherwise);
        return new RerankStep(
                reranker, Math.max(usual.depth(), request.k()), usual.weight(), Duration.ofMillis(usual.timeoutMs()));
    }

    private DiversityStep diversity() {
        RankingProfile.Diversity usual = profile.diversity();
        Boolean collapse = request.choices().collapse();
        double above = usual.collapseAbove();
        if (collapse != null) {
            above = collapse ? Math.min(above, COLLAPSE_ABOVE) : 1;
        }
        int perDocument = usual.chunksPerDocument() == 0 ? Integer.MAX_VALUE : usual.chunksPerDocument();
        if (request.choices().chunksPerDocument() != null) {
            perDocument = request.choices().chunksPerDocument();
        }
        return new DiversityStep(
                above,
                Objects.requireNonNullElse(request.choices().mmr(), usual.mmr()),
                request.groupBy() == GroupBy.DOCUMENT ? 1 : perDocument);
    }
}
