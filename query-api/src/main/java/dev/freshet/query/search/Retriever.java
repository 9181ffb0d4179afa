package dev.freshet.query.search;

import dev.freshet.core.analyze.QueryAnalysis;
import dev.freshet.core.analyze.QueryRewriter;
import dev.freshet.core.embed.EmbeddedQuery;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.plan.PlannedLeg;
import dev.freshet.core.plan.Recipe;
import dev.freshet.core.plan.RerankStep;
import dev.freshet.core.plan.SearchPlan;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.search.Visibility;
import dev.freshet.core.text.MatchingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds candidates: embeds the query, asks the legs of the plan in one round trip, and goes on with those that answer. */
final class Retriever {
    private static final Logger LOG = LoggerFactory.getLogger(Retriever.class);

    private final Embedder embedder;
    private final QueryRewriter rewriter;
    private final ChunkSearch chunks;
    private final DocumentsFirst documents;
    private final Predicate<RerankStep> needsTokens;

    /**
     * Creates it.
     *
     * @param needsTokens whether a second look needs the vectors of the query's tokens
     */
    Retriever(Engines engines, Predicate<RerankStep> needsTokens) {
        this.embedder = engines.embedder();
        this.rewriter = engines.rewriter();
        this.chunks = engines.chunks();
        this.documents = new DocumentsFirst(engines.documents());
        this.needsTokens = needsTokens;
    }

    /**
     * What the legs found.
     *
     * @param weights of the legs that answered, by their names, beside one another
     * @param query as the embedder sees it; null where it was not asked, or did not answer
     */
    record Candidates(
            List<LegOutcome.Found> legs,
            List<Double> weights,
            @Nullable EmbeddedQuery query) {}

    Candidates candidates(
            SearchRequest request,
            QueryAnalysis analysis,
            SearchPlan plan,
            Visibility visibility,
            @Nullable String language,
            Running running) {
        Recipe recipe = plan.recipe();
        List<Wording> wordings = wordings(request, analysis, plan, running);
        running.timings().end(Stage.ANALYZE);
        EmbeddedQuery query = embedAll(wordings, recipe, running);
        running.timings().end(Stage.EMBED);
        List<Filter> filters = request.filters();
        if (plan instanceof SearchPlan.Hierarchical hierarchical) {
            filters = documents.narrowed(hierarchical, request, visibility, query, running);
        }
        List<Asked> asked = new ArrayList<>();
        for (Wording wording : wordings) {
            for (PlannedLeg leg : recipe.legs()) {
                LegQuery legQuery = wording.leg(leg, recipe, language);
                if (legQuery != null) {
                    asked.add(new Asked(legQuery, leg.weight() * wording.weight));
                }
            }
        }
        Candidates found = ask(asked, visibility, filters, query, running);
        running.timings().end(Stage.RETRIEVE);
        return found;
    }

    private record Asked(LegQuery leg, double weight) {}

    private Candidates ask(
            List<Asked> asked,
            Visibility visibility,
            List<Filter> filters,
            @Nullable EmbeddedQuery query,
            Running running) {
        List<LegOutcome.Found> legs = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        if (!asked.isEmpty()) {
            ChunkQuery all = new ChunkQuery(
                    visibility,
                    filters,
                    asked.stream().map(Asked::leg).toList(),
                    running.deadline().left());
            List<LegOutcome> outcomes = outcomes(all, running);
            for (int i = 0; i < outcomes.size(); i++) {
                switch (outcomes.get(i)) {
                    case LegOutcome.Found found -> {
                        legs.add(found);
                        weights.add(asked.get(i).weight());
                    }
                    case LegOutcome.Failed failed -> {
                        LOG.warn("Leg {} failed: {}", failed.name(), failed.reason());
                        running.degradation().leg(failed.leg());
                    }
                }
            }
        }
        return new Candidates(legs, weights, query);
    }

    private List<LegOutcome> outcomes(ChunkQuery query, Running running) {
        try {
            return running.deadline().await(chunks.search(query));
        } catch (ExecutionException | TimeoutException e) {
            return query.legs().stream()
                    .<LegOutcome>map(leg -> LegOutcome.Failed.of(leg, "no answer in time"))
                    .toList();
        }
    }

    private List<Wording> wordings(SearchRequest request, QueryAnalysis analysis, SearchPlan plan, Running running) {
        List<Wording> wordings = new ArrayList<>();
        wordings.add(new Wording(request.query(), 1, ""));
        if (plan instanceof SearchPlan.MultiQuery several && several.weight() > 0) {
            for (String other : others(request, analysis, several, running)) {
                wordings.add(new Wording(other, several.weight(), ":" + (wordings.size() + 1)));
            }
        }
        return wordings;
    }

    private List<String> others(
            SearchRequest request, QueryAnalysis analysis, SearchPlan.MultiQuery plan, Running running) {
        try {
            return running.deadline().await(rewriter.rewrite(request.query(), analysis, plan.wordings()));
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Query not rewritten: {}", String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    /** Gives every wording its vector, where a leg needs one; the query's own is returned. */
    private @Nullable EmbeddedQuery embedAll(List<Wording> wordings, Recipe recipe, Running running) {
        boolean tokens = needsTokens.test(recipe.rerank());
        if (recipe.weight(Leg.VECTOR) == 0 && !tokens) {
            return null;
        }
        EmbeddedQuery own = embed(wordings.getFirst().text, tokens, running);
        if (own == null) {
            return null;
        }
        wordings.getFirst().vector = own.vector();
        for (Wording other : wordings.subList(1, wordings.size())) {
            EmbeddedQuery embedded = recipe.weight(Leg.VECTOR) == 0 ? null : embed(other.text, false, running);
            other.vector = embedded == null ? null : embedded.vector();
        }
        return own;
    }

    private @Nullable EmbeddedQuery embed(String text, boolean tokens, Running running) {
        try {
            String matching = MatchingText.of(text);
            return running.deadline()
                    .await(
                            tokens
                                    ? embedder.embedQueryTokens(matching)
                                    : embedder.embedQuery(matching)
                                            .thenApply(vector -> new EmbeddedQuery(vector, null)));
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Query not embedded: {}", String.valueOf(e.getMessage()));
            running.degradation().embedder();
            return null;
        }
    }

    /** One way to say the query. */
    private static final class Wording {
        private final String text;
        private final double weight;
        private final String suffix;
        private float @Nullable [] vector;

        Wording(String text, double weight, String suffix) {
            this.text = text;
            this.weight = weight;
            this.suffix = suffix;
        }

        @Nullable
        LegQuery leg(PlannedLeg leg, Recipe recipe, @Nullable String language) {
            String name = leg.leg().label() + suffix;
            return switch (leg.leg()) {
                case VECTOR ->
                    vector == null
                            ? null
                            : new LegQuery.Nearest(name, Objects.requireNonNull(vector), leg.depth(), leg.effort());
                case KEYWORD -> new LegQuery.Keywords(name, text, leg.depth(), recipe.keywords(), language);
                case METADATA -> new LegQuery.About(name, text, recipe.entities(), recipe.preferred(), leg.depth());
            };
        }
    }
}
