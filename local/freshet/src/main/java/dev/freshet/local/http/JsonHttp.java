package dev.freshet.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls a JSON service at one address. */
public final class JsonHttp {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";

    // One client for all: each brings a selector thread of its own.
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final URI base;

    public JsonHttp(URI base) {
        this.base = base;
    }

    /**
     * An answer, whatever its status.
     *
     * @param status HTTP status
     * @param body the JSON body; null node when there was none or it was not JSON
     */
    public record Answer(int status, JsonNode body) {
        public boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    public Answer get(String path, Duration deadline) throws IOException {
        return send("GET", path, Map.of(), BodyPublishers.noBody(), deadline);
    }

    public Answer post(String path, Object body, Duration deadline) throws IOException {
        return post(path, Map.of(), body, deadline);
    }

    public Answer post(String path, Map<String, String> headers, Object body, Duration deadline) throws IOException {
        return send("POST", path, withType(headers, JSON_TYPE), bytes(body), deadline);
    }

    public Answer patch(String path, Duration deadline) throws IOException {
        return send("PATCH", path, Map.of(), BodyPublishers.noBody(), deadline);
    }

    /** Sends any body with any content type. */
    public Answer send(String method, String path, Map<String, String> headers, BodyPublisher body, Duration deadline)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(deadline).method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while calling " + base);
        }
    }

    private static Map<String, String> withType(Map<String, String> headers, String type) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("Content-Type", type);
        return all;
    }

    private static BodyPublisher bytes(Object body) throws IOException {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null || node.isMissingNode() ? NullNode.getInstance() : node;
        } catch (IOException e) {
            return NullNode.getInstance();
        }
    }
}
