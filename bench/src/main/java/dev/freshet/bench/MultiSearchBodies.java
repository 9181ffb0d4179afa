package dev.freshet.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.core.analyze.QueryLanguage;
import dev.freshet.core.analyze.RuleAnalyzer;
import dev.freshet.core.plan.PlannedLeg;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.Recipe;
import dev.freshet.core.profile.RankingProfiles;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.search.Visibility;
import dev.freshet.engines.opensearch.OpenSearchChunkSearch;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The bytes that the query API sends to OpenSearch for a hybrid search: caught by a server that stands in for it. */
final class MultiSearchBodies implements AutoCloseable {
    private static final RuleAnalyzer ANALYZER = new RuleAnalyzer();
    /** That of a search of the API with its default of two seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

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
        SearchRequest request = SearchRequest.of(query, hits);
        Recipe recipe = Planner.plan(request, ANALYZER.analysis(query, Map.of()), RankingProfiles.standard())
                .recipe();
        List<LegQuery> legs = new ArrayList<>();
        for (PlannedLeg leg : recipe.legs()) {
            String name = leg.leg().label();
            legs.add(
                    switch (leg.leg()) {
                        case VECTOR -> new LegQuery.Nearest(name, vector, leg.depth(), leg.effort());
                        case KEYWORD ->
                            new LegQuery.Keywords(name, query, leg.depth(), recipe.keywords(), QueryLanguage.of(query));
                        case METADATA ->
                            new LegQuery.About(name, query, recipe.entities(), recipe.preferred(), leg.depth());
                    });
        }
        var unused = new OpenSearchChunkSearch(connection)
                .search(new ChunkQuery(visibility, List.of(), legs, TIMEOUT))
                .join();
        return Objects.requireNonNull(caught.getAndSet(null), "the search sent nothing");
    }

    @Override
    public void close() {
        connection.close();
        server.stop(0);
    }
}
