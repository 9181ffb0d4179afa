package dev.freshet.query.search;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.analyze.QueryAnalysis;
import dev.freshet.core.fuse.ListScore;
import dev.freshet.core.fuse.ListStatistics;
import dev.freshet.core.fuse.Normalisation;
import dev.freshet.core.plan.PlannedLeg;
import dev.freshet.core.plan.Recipe;
import dev.freshet.core.plan.SearchPlan;
import dev.freshet.core.rank.Ranked;
import dev.freshet.core.rank.RankingSummary;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Writes how an answer came about: every score can be computed again from these numbers. */
final class ExplainJson {
    private final JsonGenerator json;

    ExplainJson(JsonGenerator json) {
        this.json = json;
    }

    /** What holds for all hits. */
    void plan(SearchAnswer answer) throws IOException {
        json.writeObjectFieldStart("explain");
        analysis(answer.analysis());
        Recipe recipe = answer.plan().recipe();
        json.writeObjectFieldStart("plan");
        json.writeStringField("strategy", answer.plan().strategy().label());
        switch (answer.plan()) {
            case SearchPlan.Standard standard -> {
                // All is said.
            }
            case SearchPlan.Hierarchical hierarchical -> json.writeNumberField("documents", hierarchical.documents());
            case SearchPlan.MultiQuery several -> json.writeNumberField("wordings", several.wordings());
        }
        legs(recipe.legs());
        json.writeStringField("reranker", recipe.rerank().reranker());
        json.writeNumberField("rerank_depth", recipe.rerank().depth());
        json.writeNumberField("collapse_above", recipe.diversity().collapseAbove());
        json.writeNumberField("mmr", recipe.diversity().mmr());
        strings("reasons", recipe.reasons());
        json.writeEndObject();
        scores(answer.summary(), recipe);
        json.writeEndObject();
    }

    private void analysis(QueryAnalysis analysis) throws IOException {
        json.writeObjectFieldStart("analysis");
        json.writeStringField("intent", analysis.intent().label());
        json.writeStringField("complexity", analysis.complexity().label());
        strings("identifiers", analysis.identifiers());
        strings("phrases", analysis.phrases());
        strings("domains", analysis.domains());
        json.writeStringField("time", analysis.time().label());
        json.writeBooleanField("cacheable", analysis.cacheable());
        strings("reasons", analysis.reasons());
        json.writeEndObject();
    }

    private void legs(List<PlannedLeg> legs) throws IOException {
        json.writeArrayFieldStart("legs");
        for (PlannedLeg leg : legs) {
            json.writeStartObject();
            json.writeStringField("leg", leg.leg().label());
            json.writeNumberField("depth", leg.depth());
            if (leg.effort() > 0) {
                json.writeNumberField("effort", leg.effort());
            }
            json.writeNumberField("weight", leg.weight());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The formula, and what its parts are normalised by. */
    private void scores(RankingSummary summary, Recipe recipe) throws IOException {
        Normalisation normalisation = recipe.fusion().normalisation();
        json.writeStringField("formula", formula(summary, normalisation));
        json.writeStringField("normalisation", normalisation.label());
        json.writeObjectFieldStart("lists");
        for (ListStatistics list : summary.lists()) {
            json.writeObjectFieldStart(list.name());
            json.writeNumberField("share", list.share());
            json.writeNumberField("size", list.size());
            json.writeNumberField("lowest", list.lowest());
            json.writeNumberField("highest", list.highest());
            json.writeNumberField("mean", list.mean());
            json.writeNumberField("deviation", list.deviation());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeNumberField("freshness_share", summary.freshnessShare());
        json.writeNumberField("half_life_days", recipe.halfLife().toMillis() / 86_400_000.0);
        RankingSummary.SecondLook second = summary.second();
        if (second == null) {
            json.writeNullField("rerank");
            return;
        }
        json.writeObjectFieldStart("rerank");
        json.writeStringField("reranker", second.reranker());
        json.writeNumberField("weight", second.weight());
        json.writeNumberField("lowest", second.lowest());
        json.writeNumberField("highest", second.highest());
        json.writeEndObject();
    }

    private static String formula(RankingSummary summary, Normalisation normalisation) {
        StringJoiner fused = new StringJoiner(" + ");
        for (ListStatistics list : summary.lists()) {
            fused.add(String.format(Locale.ROOT, "%.2f * %s(%s)", list.share(), normalisation.label(), list.name()));
        }
        if (summary.freshnessShare() > 0) {
            fused.add(String.format(Locale.ROOT, "%.2f * freshness", summary.freshnessShare()));
        }
        RankingSummary.SecondLook second = summary.second();
        return second == null
                ? fused.toString()
                : String.format(
                        Locale.ROOT,
                        "%.2f * (%s) + %.2f * minmax(rerank)",
                        1 - second.weight(),
                        fused,
                        second.weight());
    }

    /** What is the hit's own. */
    void hit(Ranked hit) throws IOException {
        Ranked.Numbers numbers = hit.numbers();
        json.writeObjectFieldStart("explain");
        json.writeObjectFieldStart("legs");
        for (var list : numbers.lists().entrySet()) {
            ListScore score = list.getValue();
            json.writeObjectFieldStart(list.getKey());
            json.writeNumberField("rank", score.rank());
            json.writeNumberField("score", score.score());
            json.writeNumberField("normalized", score.normalized());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeNumberField("freshness", numbers.freshness());
        json.writeNumberField("fused", numbers.fused());
        if (Double.isNaN(numbers.reranked())) {
            json.writeNullField("rerank");
        } else {
            json.writeObjectFieldStart("rerank");
            json.writeNumberField("score", numbers.reranked());
            json.writeNumberField("normalized", numbers.rerankedNormalized());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void strings(String field, List<String> strings) throws IOException {
        json.writeArrayFieldStart(field);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }
}
