package dev.freshet.local.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.http.JsonHttp;
import dev.freshet.local.http.JsonHttp.Answer;
import dev.freshet.local.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
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
     * @param fields of the request's body, as the API names them
     */
    public record Query(Map<String, Object> fields) {
        public Query {
            fields = Map.copyOf(fields);
        }

        /** The best passages for a text. */
        public static Query of(String text, int k) {
            return new Query(Map.of("query", text, "k", k));
        }

        /** The hits after those of an answer. */
        Query after(String cursor) {
            Map<String, Object> next = new LinkedHashMap<>(fields);
            next.put("cursor", cursor);
            return new Query(next);
        }
    }

    /** The API's answer as it came. */
    public JsonNode search(Query query) throws IOException {
        Answer answer = http.post("/v1/search", Map.of("Freshet-Tenant", tenant), query.fields(), DEADLINE);
        if (answer.ok()) {
            return answer.body();
        }
        String title = answer.body().path("title").asText("the query API refused");
        String detail = answer.body().path("detail").asText("");
        throw new StackException(title + (detail.isEmpty() ? "" : ": " + detail) + errors(answer.body()) + " (HTTP "
                + answer.status() + ")");
    }

    /** Where several values are wrong, the problem's own words do not say how. */
    private static String errors(JsonNode problem) {
        if (problem.path("errors").size() < 2) {
            return "";
        }
        StringBuilder errors = new StringBuilder();
        for (JsonNode error : problem.path("errors")) {
            errors.append("\n  ")
                    .append(error.path("pointer").asText())
                    .append(": ")
                    .append(error.path("detail").asText());
        }
        return errors.append('\n').toString();
    }
}
