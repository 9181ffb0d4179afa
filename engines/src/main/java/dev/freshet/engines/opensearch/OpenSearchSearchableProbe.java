package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.index.SearchableProbe;
import dev.freshet.core.search.IndexUnavailableException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Gets chunks by id, not in real time: so OpenSearch answers from what the last refresh made searchable. */
public final class OpenSearchSearchableProbe implements SearchableProbe {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> AS_SEARCHES_SEE_IT =
            Map.of("realtime", "false", "_source", "false", "filter_path", "found,_version");

    private final OpenSearchConnection connection;

    /** @param connection stays open when the probe is closed */
    public OpenSearchSearchableProbe(OpenSearchConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletableFuture<OptionalLong> searchableFence(String chunkId) {
        String id = URLEncoder.encode(chunkId, StandardCharsets.UTF_8).replace("+", "%20");
        return connection
                .get("/" + SearchIndex.CHUNKS.alias() + "/_doc/" + id, AS_SEARCHES_SEE_IT)
                .handle((reply, failure) -> {
                    if (reply == null) {
                        throw new IndexUnavailableException("OpenSearch does not answer.", failure);
                    }
                    return fence(reply);
                });
    }

    private static OptionalLong fence(Reply reply) {
        if (reply.status() == 404) {
            return OptionalLong.empty();
        }
        if (reply.status() != 200) {
            throw new IndexUnavailableException("OpenSearch answered a read with status " + reply.status() + ".");
        }
        try {
            JsonNode chunk = JSON.readTree(reply.body());
            return chunk.path("found").asBoolean()
                    ? OptionalLong.of(chunk.path("_version").asLong())
                    : OptionalLong.empty();
        } catch (IOException e) {
            throw new IndexUnavailableException("OpenSearch answered with something that is not JSON.", e);
        }
    }

    @Override
    public void close() {}
}
