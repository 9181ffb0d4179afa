package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.search.IndexUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Requests that are waited for, as administration sends them. Whatever may pass is an {@link IndexUnavailableException}. */
final class BlockingRequests {
    private static final JsonMapper JSON = new JsonMapper();

    private final OpenSearchConnection connection;

    BlockingRequests(OpenSearchConnection connection) {
        this.connection = connection;
    }

    Reply send(String method, String path) {
        try {
            return connection.send(method, path).join();
        } catch (CompletionException e) {
            throw unavailable(e);
        }
    }

    Reply send(String method, String path, JsonNode body) {
        return send(method, path, Map.of(), body);
    }

    Reply send(String method, String path, Map<String, String> parameters, JsonNode body) {
        try {
            return connection
                    .sendJson(method, path, parameters, JSON.writeValueAsBytes(body))
                    .join();
        } catch (CompletionException e) {
            throw unavailable(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IndexUnavailableException unavailable(CompletionException e) {
        Throwable cause = AsyncFailure.cause(e);
        return new IndexUnavailableException("OpenSearch does not answer: " + cause.getMessage(), cause);
    }

    static void expectSuccess(String purpose, Reply reply) {
        if (reply.status() >= 300) {
            throw new IndexUnavailableException(
                    "OpenSearch did not %s: status %d, %s".formatted(purpose, reply.status(), errorType(reply)));
        }
    }

    /** Expects an answer that the whole cluster has taken note of. */
    static void expectAcknowledged(String purpose, Reply reply) {
        expectSuccess(purpose, reply);
        if (!parse(reply.body()).path("acknowledged").asBoolean()) {
            throw new IndexUnavailableException("OpenSearch did not yet " + purpose);
        }
    }

    static boolean existsAlready(Reply reply) {
        return reply.status() == 400 && "resource_already_exists_exception".equals(errorType(reply));
    }

    private static String errorType(Reply reply) {
        return parse(reply.body()).at("/error/type").asText("no reason given");
    }

    static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IndexUnavailableException("OpenSearch answered with something that is not JSON.", e);
        }
    }
}
