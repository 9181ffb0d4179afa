package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.analyze.Complexity;
import dev.freshet.core.analyze.Intent;
import dev.freshet.core.analyze.QueryAnalysis;
import dev.freshet.core.analyze.TimeRelevance;
import dev.freshet.core.profile.InvalidProfileException;
import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.profile.RankingProfiles;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.GroupBy;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.RankingChoices;
import dev.freshet.core.search.SearchMode;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.search.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final RankingProfile STANDARD = RankingProfiles.standard();

    @Test
    void weightsComeFromTheIntent() {
        Recipe recipe = plan(request(), analysis(Intent.NAVIGATIONAL)).recipe();

        assertThat(recipe.weight(Leg.VECTOR))
                .isEqualTo(STANDARD.weights().navigational().vector());
        assertThat(recipe.weight(Leg.METADATA))
                .isEqualTo(STANDARD.weights().navigational().metadata());
        assertThat(recipe.reasons()).contains("weights of navigational");
    }

    @Test
    void aQueryThatNamesSomethingLiterallyHasItsOwnWeights() {
        QueryAnalysis literal = new QueryAnalysis(
                Intent.FACTUAL,
                Complexity.SIMPLE,
                List.of("CVE-2026-1234"),
                List.of("not found"),
                List.of(),
                TimeRelevance.NONE,
                true,
                List.of());

        Recipe recipe = plan(SearchRequest.of("CVE-2026-1234 \"not found\"", 10), literal)
                .recipe();

        assertThat(recipe.weight(Leg.KEYWORD))
                .isEqualTo(STANDARD.weights().literal().keyword());
        assertThat(recipe.keywords().identifiers()).containsExactly("CVE-2026-1234");
        assertThat(recipe.keywords().phrases()).containsExactly("not found");
        assertThat(recipe.entities()).containsExactly("identifier:CVE-2026-1234");
    }

    @Test
    void aLegWithoutWeightDoesNotRun() throws Exception {
        RankingProfile noVectors = profile("{\"weights\":{\"factual\":{\"vector\":0}}}");

        Recipe recipe =
                Planner.plan(request(), analysis(Intent.FACTUAL), noVectors).recipe();

        assertThat(recipe.legs()).extracting(PlannedLeg::leg).containsExactly(Leg.KEYWORD);
        assertThat(recipe.reasons()).contains("no leg vector: it has no weight");
    }

    @Test
    void aModeRunsItsLegWhateverTheProfileSays() throws Exception {
        RankingProfile noVectors = profile("{\"weights\":{\"factual\":{\"vector\":0}}}");
        SearchRequest vector = with(SearchMode.VECTOR, Strategy.AUTO, GroupBy.CHUNK, 10, RankingChoices.NONE);

        assertThat(Planner.plan(vector, analysis(Intent.FACTUAL), noVectors)
                        .recipe()
                        .legs())
                .extracting(PlannedLeg::leg)
                .containsExactly(Leg.VECTOR);
    }

    @Test
    void newnessCountsWhereTheQueryAsksForIt() {
        QueryAnalysis recent = new QueryAnalysis(
                Intent.FACTUAL,
                Complexity.SIMPLE,
                List.of(),
                List.of(),
                List.of(),
                TimeRelevance.RECENT,
                false,
                List.of());

        assertThat(plan(request(), analysis(Intent.FACTUAL)).recipe().freshness())
                .isZero();
        assertThat(plan(request(), recent).recipe().freshness())
                .isEqualTo(STANDARD.recent().freshness());
    }

    @Test
    void legsAreDeepEnoughForTheHitsThatAreWanted() {
        SearchRequest byDocument = with(SearchMode.HYBRID, Strategy.AUTO, GroupBy.DOCUMENT, 100, RankingChoices.NONE);

        SearchPlan plan = plan(byDocument, analysis(Intent.FACTUAL));

        assertThat(plan.recipe().legs())
                .allSatisfy(leg -> assertThat(leg.depth()).isEqualTo(300));
        assertThat(plan.recipe().legs().getFirst().effort())
                .isEqualTo(Math.max(300, STANDARD.depths().effort()));
        assertThat(plan.recipe().diversity().chunksPerDocument()).isEqualTo(1);
        assertThat(plan.recipe().rerank().depth()).isEqualTo(100);
    }

    @Test
    void theCallerDecidesOnTheStrategy() {
        SearchRequest hierarchical =
                with(SearchMode.HYBRID, Strategy.HIERARCHICAL, GroupBy.CHUNK, 10, RankingChoices.NONE);
        SearchRequest several = with(SearchMode.HYBRID, Strategy.MULTI_QUERY, GroupBy.CHUNK, 10, RankingChoices.NONE);

        assertThat(plan(hierarchical, analysis(Intent.FACTUAL))).isInstanceOf(SearchPlan.Hierarchical.class);
        assertThat(plan(several, analysis(Intent.FACTUAL))).isInstanceOf(SearchPlan.MultiQuery.class);
        assertThat(plan(request(), analysis(Intent.FACTUAL))).isInstanceOf(SearchPlan.Standard.class);
    }

    @Test
    void severalQuestionsAreSearchedInSeveralWordingsWhereTheProfileSaysSo() throws Exception {
        QueryAnalysis compound = new QueryAnalysis(
                Intent.FACTUAL,
                Complexity.COMPOUND,
                List.of(),
                List.of(),
                List.of(),
                TimeRelevance.NONE,
                true,
                List.of());

        assertThat(plan(request(), compound)).isInstanceOf(SearchPlan.Standard.class);
        assertThat(Planner.plan(request(), compound, profile("{\"multi_query\":{\"compound\":true}}")))
                .isInstanceOf(SearchPlan.MultiQuery.class);
    }

    @Test
    void theCallerChoosesOtherwiseThanTheProfile() {
        RankingChoices choices = new RankingChoices("none", 0.5, 2, false);

        Recipe recipe = plan(
                        with(SearchMode.HYBRID, Strategy.AUTO, GroupBy.CHUNK, 10, choices), analysis(Intent.FACTUAL))
                .recipe();

        assertThat(recipe.rerank().wanted()).isFalse();
        assertThat(recipe.diversity()).isEqualTo(new DiversityStep(1, 0.5, 2));
    }

    @Test
    void aLegAloneHasASecondLookOnlyWhereTheCallerWantsIt() {
        RankingChoices wanted = new RankingChoices("late_interaction", null, null, null);

        assertThat(plan(
                                with(SearchMode.KEYWORD, Strategy.AUTO, GroupBy.CHUNK, 10, RankingChoices.NONE),
                                analysis(Intent.FACTUAL))
                        .recipe()
                        .rerank()
                        .wanted())
                .isFalse();
        assertThat(plan(with(SearchMode.KEYWORD, Strategy.AUTO, GroupBy.CHUNK, 10, wanted), analysis(Intent.FACTUAL))
                        .recipe()
                        .rerank()
                        .wanted())
                .isTrue();
    }

    @Test
    void documentsOfTheQuerysSubjectArePreferred() throws Exception {
        QueryAnalysis billing = new QueryAnalysis(
                Intent.NAVIGATIONAL,
                Complexity.SIMPLE,
                List.of(),
                List.of(),
                List.of("billing"),
                TimeRelevance.NONE,
                true,
                List.of());
        RankingProfile profile =
                profile("{\"domains\":{\"billing\":{\"terms\":[\"invoice\"],\"prefer\":{\"team\":\"billing\"}}}}");

        assertThat(Planner.plan(request(), billing, profile).recipe().preferred())
                .containsExactly(new Filter.Equal("team", "billing"));
    }

    private static SearchRequest request() {
        return SearchRequest.of("anything", 10);
    }

    private static SearchRequest with(
            SearchMode mode, Strategy strategy, GroupBy groupBy, int k, RankingChoices choices) {
        return new SearchRequest("anything", mode, strategy, k, List.of(), groupBy, null, choices, true, false);
    }

    private static QueryAnalysis analysis(Intent intent) {
        return new QueryAnalysis(
                intent, Complexity.SIMPLE, List.of(), List.of(), List.of(), TimeRelevance.NONE, true, List.of());
    }

    private static SearchPlan plan(SearchRequest request, QueryAnalysis analysis) {
        return Planner.plan(request, analysis, STANDARD);
    }

    private static RankingProfile profile(String stated) throws InvalidProfileException {
        String named = "{\"name\":\"test\",\"version\":\"1\"," + stated.substring(1);
        return RankingProfiles.read(named.getBytes(StandardCharsets.UTF_8));
    }
}
