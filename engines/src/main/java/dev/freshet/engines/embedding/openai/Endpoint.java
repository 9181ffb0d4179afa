package dev.freshet.engines.embedding.openai;

import java.util.List;
import okhttp3.HttpUrl;

/**
 * The URL that texts are sent to. It is given as a whole ({@code https://host/some/embeddings?api-version=1}), as the base that
 * clients of this interface take ({@code https://host/v1}), or as a server alone ({@code http://host:8080}).
 */
record Endpoint(HttpUrl url) {
    private static final String LAST = "embeddings";

    static List<String> problems(String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            // Not repeated: what is no URL may be a key in the wrong place.
            return List.of("--embedder-url must be the http:// or https:// URL of the provider");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            return List.of("--embedder-url must not hold a user or a password; name a --embedder-key-file");
        }
        return List.of();
    }

    static Endpoint of(String text) {
        HttpUrl url = HttpUrl.get(text);
        List<String> path = url.pathSegments().stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
        if (path.isEmpty()) {
            return new Endpoint(url.newBuilder().addPathSegments("v1/" + LAST).build());
        }
        if (path.getLast().equals(LAST)) {
            return new Endpoint(url);
        }
        String trailing = url.pathSegments().getLast();
        HttpUrl.Builder base = url.newBuilder();
        if (trailing.isEmpty()) {
            base.removePathSegment(url.pathSize() - 1);
        }
        return new Endpoint(base.addPathSegment(LAST).build());
    }

    /** For messages: a query may hold a secret. */
    @Override
    public String toString() {
        return url.newBuilder().query(null).fragment(null).build().toString();
    }
}
