package dev.freshet.engines.opensearch;

import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.DocumentSearch;
import dev.freshet.core.search.DocumentsOutcome;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Searches with one {@code _msearch} request per query. */
public final class OpenSearchChunkSearch implements ChunkSearch, DocumentSearch {
    private static final Map<String, String> PARAMETERS = Map.of();
    private static final String NO_ANSWER = "no answer from OpenSearch";
    private static final String UNREADABLE = "unreadable answer";

    private final OpenSearchConnection connection;

    public OpenSearchChunkSearch(OpenSearchConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletableFuture<List<LegOutcome>> search(ChunkQuery query) {
        return run(query, SearchBody.of(query), SearchReply::outcomes, LegOutcome.Failed::of);
    }

    @Override
    public CompletableFuture<List<DocumentsOutcome>> searchDocuments(ChunkQuery query) {
        return run(
                query,
                SearchBody.ofDocuments(query),
                DocumentsReply::outcomes,
                (leg, reason) -> new DocumentsOutcome.Failed(leg.name(), leg.leg(), reason));
    }

    private interface Reader<T> {
        List<T> read(List<LegQuery> legs, byte[] body) throws IOException;
    }

    private <T> CompletableFuture<List<T>> run(
            ChunkQuery query, byte[] body, Reader<T> reader, BiFunction<LegQuery, String, T> failed) {
        return connection
                .sendLines("/_msearch", PARAMETERS, body)
                .thenApply(reply -> {
                    if (reply.status() != 200) {
                        return allFailed(query, "status " + reply.status(), failed);
                    }
                    try {
                        return reader.read(query.legs(), reply.body());
                    } catch (IOException e) {
                        return allFailed(query, UNREADABLE, failed);
                    }
                })
                .exceptionally(failure -> allFailed(query, NO_ANSWER, failed));
    }

    private static <T> List<T> allFailed(ChunkQuery query, String reason, BiFunction<LegQuery, String, T> failed) {
        return query.legs().stream().<T>map(leg -> failed.apply(leg, reason)).toList();
    }
}
