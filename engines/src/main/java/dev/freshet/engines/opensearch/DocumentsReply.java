package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.search.DocumentsOutcome;
import dev.freshet.core.search.DocumentsOutcome.ScoredDocument;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.LegQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer to an {@code _msearch} request over documents: ids and scores. */
final class DocumentsReply {
    private DocumentsReply() {}

    /** One outcome per leg, in their order. */
    static List<DocumentsOutcome> outcomes(List<LegQuery> legs, byte[] body) throws IOException {
        JsonNode responses = BlockingRequests.parse(body).path("responses");
        if (responses.size() != legs.size()) {
            throw new IOException("%d answers to %d searches".formatted(responses.size(), legs.size()));
        }
        List<DocumentsOutcome> outcomes = new ArrayList<>(legs.size());
        for (int i = 0; i < legs.size(); i++) {
            outcomes.add(outcome(legs.get(i), responses.get(i)));
        }
        return outcomes;
    }

    private static DocumentsOutcome outcome(LegQuery leg, JsonNode response) {
        String failure = failure(response);
        if (!failure.isEmpty()) {
            return new DocumentsOutcome.Failed(leg.name(), leg.leg(), failure);
        }
        List<ScoredDocument> documents = new ArrayList<>();
        for (JsonNode hit : response.at("/hits/hits")) {
            double score = hit.path("_score").asDouble();
            documents.add(new ScoredDocument(
                    hit.at("/fields/document_id/0").asText(),
                    leg.leg() == Leg.VECTOR ? SearchReply.cosine(score) : score));
        }
        return new DocumentsOutcome.Found(leg.name(), leg.leg(), documents);
    }

    private static String failure(JsonNode response) {
        if (response.has("error")) {
            return response.at("/error/type").asText("unknown");
        }
        if (response.path("timed_out").asBoolean()) {
            return "timed_out";
        }
        return response.at("/_shards/failed").asInt() > 0 ? "failed_shards" : "";
    }
}
