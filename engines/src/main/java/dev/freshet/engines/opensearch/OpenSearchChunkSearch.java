package dev.freshet.engines.opensearch;

import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.LegOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Searches with one {@code _msearch} request per query. */
public final class OpenSearchChunkSearch implements ChunkSearch {
    private static final Map<String, String> PARAMETERS = Map.of();

    private final OpenSearchConnection connection;

    public OpenSearchChunkSearch(OpenSearchConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletableFuture<List<LegOutcome>> search(ChunkQuery query) {
        return connection
                .sendLines("/_msearch", PARAMETERS, SearchBody.of(query))
                .thenApply(reply -> outcomes(query, reply))
                .exceptionally(failure -> allFailed(query, "no answer from OpenSearch"));
    }

    private static List<LegOutcome> outcomes(ChunkQuery query, Reply reply) {
        if (reply.status() != 200) {
            return allFailed(query, "status " + reply.status());
        }
        try {
            return SearchReply.outcomes(query.legs(), reply.body());
        } catch (IOException e) {
            return allFailed(query, "unreadable answer");
        }
    }

    private static List<LegOutcome> allFailed(ChunkQuery query, String reason) {
        return query.legs().stream()
                .<LegOutcome>map(leg -> new LegOutcome.Failed(leg.leg(), reason))
                .toList();
    }
}
