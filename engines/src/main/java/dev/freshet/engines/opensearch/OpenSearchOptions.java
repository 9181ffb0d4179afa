package dev.freshet.engines.opensearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to reach OpenSearch.
 *
 * @param urls nodes, such as {@code http://localhost:9200}
 * @param connections open at the same time, at most
 * @param connectTimeout for a new connection
 * @param requestTimeout for a whole request, from sending it to the end of the answer
 */
public record OpenSearchOptions(List<URI> urls, int connections, Duration connectTimeout, Duration requestTimeout) {
    public OpenSearchOptions {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("OpenSearch needs at least one URL");
        }
        urls.forEach(OpenSearchOptions::check);
    }

    /** For jobs: few connections, large requests. */
    public static OpenSearchOptions forWrites(List<URI> urls) {
        return new OpenSearchOptions(urls, 16, Duration.ofSeconds(3), Duration.ofSeconds(60));
    }

    /** For measurements: one small request at a time, for which nobody waits. */
    public static OpenSearchOptions forProbes(List<URI> urls) {
        return new OpenSearchOptions(urls, 1, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /** For services: many small requests, each with somebody waiting. */
    public static OpenSearchOptions forQueries(List<URI> urls) {
        return new OpenSearchOptions(urls, 64, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    private static void check(URI url) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "an OpenSearch URL looks like http://localhost:9200, but this is " + url);
        }
    }
}
