package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.envelope.Json;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a hybrid search of the query API takes, beside its two unavoidable parts: the query's vector, and the index. */
@Command(
        name = "SearchOverhead",
        mixinStandardHelpOptions = true,
        description = "Compares the query API with an embedding and a bare _msearch, query by query.")
public final class SearchOverhead implements Callable<Integer> {
    private static final String EMBEDDER = "minilm";
    private static final String TENANT = "cranfield";
    private static final int HITS = 10;

    @Option(names = "--rounds", defaultValue = "10", description = "Over all queries. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "6", description = "Rounds before. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @SuppressWarnings("ArrayRecordComponent") // bodies of requests; never compared
    private record Query(String text, byte[] search, byte[] multiSearch) {}

    private record Clients(HttpPost api, Embedder embedder, HttpPost index) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SearchOverhead()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        Optional<Path> folder = SharedData.find(project, "cranfield");
        if (folder.isEmpty()) {
            return 0;
        }
        StackOptions options = StackOptions.wholeForTests(Scratch.folder(project, "search-overhead"));
        try (Embedder embedder = Embedders.open(EMBEDDER, 1);
                LocalStack stack = LocalStack.start(options);
                Pipeline pipeline = new Pipeline(stack)) {
            pipeline.ingest(TENANT, Corpus.beirDocuments(folder.get()));
            Scratch.settle(stack);
            List<Query> queries = queries(Corpus.beirQueries(folder.get()), embedder);
            Map<String, String> json = Map.of("Content-Type", "application/json", "Freshet-Tenant", TENANT);
            Map<String, String> lines = Map.of("Content-Type", "application/x-ndjson");
            Clients clients = new Clients(
                    new HttpPost(stack.api(), "/v1/search", json),
                    embedder,
                    new HttpPost(stack.openSearch(), "/_msearch", lines));
            requireAnswers(clients, queries.getFirst());
            measure(clients, queries);
        }
        return 0;
    }

    private static List<Query> queries(List<String> texts, Embedder embedder) throws IOException {
        List<Query> queries = new ArrayList<>();
        try (MultiSearchBodies bodies = MultiSearchBodies.open(TENANT, HITS)) {
            for (String text : texts) {
                ObjectNode search = Json.MAPPER.createObjectNode().put("query", text);
                search.put("mode", "hybrid").put("k", HITS);
                byte[] multiSearch = bodies.of(text, embedder.embedQuery(text).join());
                queries.add(new Query(text, Json.bytes(search), multiSearch));
            }
        }
        return queries;
    }

    /** An empty or failed answer would be a fast one. */
    private static void requireAnswers(Clients clients, Query query) throws IOException {
        JsonNode answer = Json.MAPPER.readTree(clients.api().send(query.search()));
        JsonNode legs = Json.MAPPER.readTree(clients.index().send(query.multiSearch()));
        boolean hits =
                answer.path("hits").size() == HITS && answer.path("degraded").isEmpty();
        for (JsonNode leg : legs.path("responses")) {
            hits &= leg.at("/hits/hits").size() > HITS;
        }
        if (!hits || legs.path("responses").size() != 2) {
            throw new IllegalStateException("the query API or the index found too little");
        }
    }

    private void measure(Clients clients, List<Query> queries) throws IOException {
        SearchRound all = SearchRound.empty();
        List<Double> ratios = new ArrayList<>();
        for (int round = -warmUp; round < rounds; round++) {
            SearchRound result = round(clients, queries, round);
            System.out.printf(
                    "%s query API p50 %.2f ms, bare p50 %.2f ms, ratio %.3f%n",
                    round < 0 ? "warm-up" : "round " + (round + 1),
                    Spread.of(result.api()).median(),
                    Spread.of(result.bare()).median(),
                    result.ratioOfMedians());
            if (round >= 0) {
                all.addAll(result);
                ratios.add(result.ratioOfMedians());
            }
        }
        System.out.printf("%nhybrid search, %d rounds of %d queries, milliseconds%n", rounds, queries.size());
        line("query API", Spread.of(all.api()));
        line("embedding + bare _msearch", Spread.of(all.bare()));
        System.out.printf(
                "%-28s%.3f; by round %s%n",
                "ratio of p50", all.ratioOfMedians(), Spread.of(ratios).text("%.3f"));
    }

    private static void line(String name, Spread millis) {
        System.out.printf("%-28sp50 %.2f  p95 %.2f%n", name, millis.median(), millis.percentile(95));
    }

    private static SearchRound round(Clients clients, List<Query> queries, int round) throws IOException {
        SearchRound result = SearchRound.empty();
        for (int i = 0; i < queries.size(); i++) {
            Query query = queries.get(i);
            // Whoever is second finds warmer caches: each is first as often as the other.
            if ((i + round) % 2 == 0) {
                result.api().add(clients.api().millis(query.search()));
                result.bare().add(bareMillis(clients, query));
            } else {
                result.bare().add(bareMillis(clients, query));
                result.api().add(clients.api().millis(query.search()));
            }
        }
        return result;
    }

    private static double bareMillis(Clients clients, Query query) throws IOException {
        long start = System.nanoTime();
        float[] vector = clients.embedder().embedQuery(query.text()).join();
        double embedding = (System.nanoTime() - start) / 1e6;
        if (vector.length == 0) {
            throw new IllegalStateException("a query has no vector");
        }
        return embedding + clients.index().millis(query.multiSearch());
    }
}
