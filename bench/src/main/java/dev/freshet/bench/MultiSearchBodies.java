package dev.freshet.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.GroupBy;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.SearchMode;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.search.Visibility;
import dev.freshet.engines.opensearch.OpenSearchChunkSearch;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The bytes that the query API sends to OpenSearch for a hybrid search: caught by a server that stands in for it. */
final class MultiSearchBodies implements AutoCloseable {
    private final Visibility visibility;
    private final int hits;
    private final HttpServer server;
    private final AtomicReference<byte[]> caught;
    private final OpenSearchConnection connection;

    private MultiSearchBodies(String tenant, int hits, HttpServer server, AtomicReference<byte[]> caught) {
        this.visibility = Visibility.ofTenant(tenant);
        this.hits = hits;
        this.server = server;
        this.caught = caught;
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        this.connection = OpenSearchConnection.open(OpenSearchOptions.forQueries(List.of(url)));
    }

    static MultiSearchBodies open(String tenant, int hits) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicReference<byte[]> caught = new AtomicReference<>();
        server.createContext("/", exchange -> catchBody(exchange, caught));
        server.start();
        return new MultiSearchBodies(tenant, hits, server, caught);
    }

    private static void catchBody(HttpExchange exchange, AtomicReference<byte[]> caught) throws IOException {
        try (exchange) {
            caught.set(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(503, -1);
        }
    }

    byte[] of(String query, float[] vector) {
        SearchRequest request = new SearchRequest(query, SearchMode.HYBRID, hits, List.of(), GroupBy.CHUNK, false);
        List<LegQuery> legs =
                List.of(new LegQuery.Nearest(vector, request.depth()), new LegQuery.Keywords(query, request.depth()));
        var unused = new OpenSearchChunkSearch(connection)
                .search(new ChunkQuery(visibility, List.of(), legs))
                .join();
        return Objects.requireNonNull(caught.getAndSet(null), "the search sent nothing");
    }

    @Override
    public void close() {
        connection.close();
        server.stop(0);
    }
}
