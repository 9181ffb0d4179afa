package dev.freshet.engines.llm;

import java.util.List;
import okhttp3.HttpUrl;

/**
 * The URL that messages are sent to. It is given as a whole ({@code https://host/some/chat/completions?api-version=1}), as the base that
 * clients of this interface take ({@code https://host/v1}), or as a server alone ({@code http://host:8080}).
 */
record ChatEndpoint(HttpUrl url) {
    private static final String LAST = "chat/completions";

    static List<String> problems(String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            // Not repeated: what is no URL may be a key in the wrong place.
            return List.of("--llm-url must be the http:// or https:// URL of the language model's server");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            return List.of("--llm-url must not hold a user or a password; name a --llm-key-file");
        }
        return List.of();
    }

    static ChatEndpoint of(String text) {
        HttpUrl url = HttpUrl.get(text);
        String path = url.encodedPath();
        if (path.endsWith("/" + LAST)) {
            return new ChatEndpoint(url);
        }
        String base = path.equals("/") ? "/v1/" : path.endsWith("/") ? path : path + "/";
        return new ChatEndpoint(url.newBuilder().encodedPath(base + LAST).build());
    }

    /** For messages: a query may hold a secret. */
    @Override
    public String toString() {
        return url.newBuilder().query(null).fragment(null).build().toString();
    }
}
