package dev.freshet.acceptance;

import dev.freshet.core.envelope.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Changes settings of the indices, as an operator or a full disk would. */
final class OpenSearchSettings {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI openSearch;

    OpenSearchSettings(URI openSearch) {
        this.openSearch = openSearch;
    }

    /** Sets a setting of both indices; null gives it its default again. */
    void put(String setting, @Nullable String value) throws IOException, InterruptedException {
        String body = Json.MAPPER.createObjectNode().put(setting, value).toString();
        HttpResponse<String> response = send("PUT", "/freshet-chunks,freshet-documents/_settings", body);
        if (response.statusCode() != 200) {
            throw new IOException("settings answered " + response.statusCode() + ": " + response.body());
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(openSearch.resolve(path))
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
