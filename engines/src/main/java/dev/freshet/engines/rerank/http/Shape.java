package dev.freshet.engines.rerank.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a server wants to be asked, and answers. */
enum Shape {
    /** As Cohere has it, and many servers after it. */
    COHERE {
        @Override
        ObjectNode request(String model, String query, List<String> passages) {
            ObjectNode body = JSON.createObjectNode();
            body.put("model", model).put("query", query).put("top_n", passages.size());
            passages.forEach(body.putArray("documents")::add);
            return body;
        }

        @Override
        JsonNode results(JsonNode answer) {
            return answer.path("results");
        }

        @Override
        String score() {
            return "relevance_score";
        }
    },
    /** As Jina has it: that of Cohere, which is told not to send the passages back. */
    JINA {
        @Override
        ObjectNode request(String model, String query, List<String> passages) {
            return COHERE.request(model, query, passages).put("return_documents", false);
        }

        @Override
        JsonNode results(JsonNode answer) {
            return COHERE.results(answer);
        }

        @Override
        String score() {
            return COHERE.score();
        }
    },
    /** As Text Embeddings Inference has it, which serves one model. */
    TEI {
        @Override
        ObjectNode request(String model, String query, List<String> passages) {
            ObjectNode body = JSON.createObjectNode();
            body.put("query", query).put("truncate", true);
            passages.forEach(body.putArray("texts")::add);
            return body;
        }

        @Override
        JsonNode results(JsonNode answer) {
            return answer;
        }

        @Override
        String score() {
            return "score";
        }
    };

    private static final JsonMapper JSON = new JsonMapper();

    /** The body of a request for the scores of all passages. */
    abstract ObjectNode request(String model, String query, List<String> passages);

    /** Where an answer has its list of scores. */
    abstract JsonNode results(JsonNode answer);

    /** The name of a score. */
    abstract String score();

    /** The name on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Shape::label).toList();
    }
}
