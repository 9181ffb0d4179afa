package dev.freshet.local.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.http.JsonHttp;
import dev.freshet.local.http.JsonHttp.Answer;
import dev.freshet.local.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the query API as one tenant. */
public final class SearchClient {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final JsonHttp http;
    private final String tenant;

    public SearchClient(URI api, String tenant) {
        this.http = new JsonHttp(api);
        this.tenant = tenant;
    }

    /**
     * A question.
     *
     * @param text the query
     * @param mode hybrid, vector or keyword
     * @param k number of hits
     * @param filters metadata that every hit has, by key; one of the values
     * @param groupBy chunk or document
     * @param explain whether to tell where the scores come from
     */
    public record Query(
            String text, String mode, int k, Map<String, List<String>> filters, String groupBy, boolean explain) {

        /** The best passages for a text. */
        public static Query of(String text, int k) {
            return new Query(text, "hybrid", k, Map.of(), "chunk", false);
        }
    }

    /** The API's answer as it came. */
    public JsonNode search(Query query) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", query.text());
        body.put("mode", query.mode());
        body.put("k", query.k());
        body.put("group_by", query.groupBy());
        body.put("explain", query.explain());
        if (!query.filters().isEmpty()) {
            body.put("filters", query.filters());
        }
        Answer answer = http.post("/v1/search", Map.of("Freshet-Tenant", tenant), body, DEADLINE);
        if (answer.ok()) {
            return answer.body();
        }
        String title = answer.body().path("title").asText("the query API refused");
        String detail = answer.body().path("detail").asText("");
        throw new StackException(title + (detail.isEmpty() ? "" : ": " + detail) + " (HTTP " + answer.status() + ")");
    }
}
