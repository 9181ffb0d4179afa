package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.text.MatchingText;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a search of the query API takes, by the number of chunks: beside its unavoidable parts, with and without the second look. */
@Command(
        name = "SearchLatency",
        mixinStandardHelpOptions = true,
        description =
                "Compares the query API with an embedding and a bare _msearch, and with late interaction, query by query,"
                        + " at several numbers of chunks.")
public final class SearchLatency implements Callable<Integer> {
    private static final String EMBEDDER = "minilm";
    private static final String TENANT = "varied";
    private static final List<String> COLLECTIONS = List.of("cranfield", "cacm", "xquad");
    private static final int HITS = 10;

    @Option(
            names = "--chunks",
            split = ",",
            defaultValue = "10000,50000,100000",
            description = "In the index, each on a stack of its own. Default: ${DEFAULT-VALUE}")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--base",
            defaultValue = "8000",
            description = "Of them real, embedded, and varied for the others. Default: ${DEFAULT-VALUE}")
    private int base;

    @Option(names = "--queries", defaultValue = "100", description = "Most of a collection. Default: ${DEFAULT-VALUE}")
    private int queries;

    @Option(names = "--rounds", defaultValue = "3", description = "Over all queries. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "3", description = "Rounds before. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @SuppressWarnings("ArrayRecordComponent") // bodies of requests; never compared
    private record Query(String text, byte[] fused, byte[] reranked, byte[] multiSearch) {}

    private record Clients(HttpPost api, Embedder embedder, HttpPost index) {}

    /** Milliseconds of all queries of one size. */
    private record Measured(List<Double> fused, List<Double> reranked, List<Double> bare, List<Double> analyze) {
        Measured() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SearchLatency()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        EmbedderSettings settings = new EmbedderSettings(
                        EMBEDDER, Runtime.getRuntime().availableProcessors())
                .keeping(TokenVectorForm.BITS);
        List<Double> medians = new ArrayList<>();
        try (Embedder embedder = Embedders.open(settings)) {
            Optional<List<BaseChunk>> real = BaseChunk.read(project, COLLECTIONS, base, EMBEDDER, embedder);
            if (real.isEmpty()) {
                return 0;
            }
            VariedChunks varied = new VariedChunks(real.get(), 0.6, 1);
            List<Query> asked = asked(project, embedder);
            for (int size : sizes) {
                Measured measured = measure(project, varied, embedder, asked, size);
                medians.add(Spread.of(measured.fused()).median());
                print(size, measured);
            }
        }
        if (sizes.size() > 1) {
            System.out.printf(
                    Locale.ROOT,
                    "%nquery API p50 grows with the number of chunks to the power of %.2f%n",
                    PowerLaw.exponent(sizes, medians));
        }
        return 0;
    }

    private List<Query> asked(Path project, Embedder embedder) throws IOException {
        List<Query> asked = new ArrayList<>();
        try (MultiSearchBodies bodies = MultiSearchBodies.open(TENANT, HITS)) {
            for (String collection : COLLECTIONS) {
                Path folder = SharedData.find(project, collection).orElseThrow();
                for (String text :
                        Corpus.beirQueries(folder).stream().limit(queries).toList()) {
                    float[] vector = embedder.embedQuery(MatchingText.of(text)).join();
                    asked.add(new Query(
                            text, body(text, "none"), body(text, "late_interaction"), bodies.of(text, vector)));
                }
            }
        }
        return asked;
    }

    private static byte[] body(String text, String reranker) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("query", text);
        return Json.bytes(body.put("k", HITS).put("rerank", reranker));
    }

    private Measured measure(Path project, VariedChunks varied, Embedder embedder, List<Query> asked, int size)
            throws IOException, InterruptedException {
        StackOptions options = StackOptions.forTests(
                Scratch.folder(project, "search-latency/" + size),
                Component.OPENSEARCH,
                Component.KAFKA,
                Component.API);
        try (LocalStack stack = LocalStack.start(options)) {
            varied.write(stack, embedder, TENANT, size);
            Map<String, String> json = Map.of("Content-Type", "application/json", "Freshet-Tenant", TENANT);
            Map<String, String> lines = Map.of("Content-Type", "application/x-ndjson");
            Clients clients = new Clients(
                    new HttpPost(stack.api(), "/v1/search", json),
                    embedder,
                    new HttpPost(stack.openSearch(), "/_msearch", lines));
            requireAnswers(clients, asked.getFirst());
            for (int round = 0; round < warmUp; round++) {
                round(clients, asked, round, new Measured());
            }
            requireAnswers(clients, asked.getFirst());
            Measured measured = new Measured();
            for (int round = 0; round < rounds; round++) {
                round(clients, asked, round, measured);
            }
            analysis(clients, asked, measured);
            return measured;
        }
    }

    /** An empty or degraded answer would be a fast one. */
    private static void requireAnswers(Clients clients, Query query) throws IOException {
        for (byte[] body : List.of(query.fused(), query.reranked())) {
            JsonNode answer = Json.MAPPER.readTree(clients.api().send(body));
            if (answer.path("hits").size() != HITS || !answer.path("degraded").isEmpty()) {
                throw new IllegalStateException("the query API found too little: " + answer.path("degraded"));
            }
        }
    }

    /** Whoever comes later finds warmer caches: each of the three is first as often as the others. */
    private static void round(Clients clients, List<Query> asked, int round, Measured measured) throws IOException {
        for (int i = 0; i < asked.size(); i++) {
            Query query = asked.get(i);
            for (int turn = 0; turn < 3; turn++) {
                switch ((i + round + turn) % 3) {
                    case 0 -> measured.fused().add(clients.api().millis(query.fused()));
                    case 1 -> measured.reranked().add(clients.api().millis(query.reranked()));
                    default -> measured.bare().add(bareMillis(clients, query));
                }
            }
        }
    }

    private static double bareMillis(Clients clients, Query query) throws IOException {
        long start = System.nanoTime();
        float[] vector =
                clients.embedder().embedQuery(MatchingText.of(query.text())).join();
        double embedding = (System.nanoTime() - start) / 1e6;
        if (vector.length == 0) {
            throw new IllegalStateException("a query has no vector");
        }
        return embedding + clients.index().millis(query.multiSearch());
    }

    private static void analysis(Clients clients, List<Query> asked, Measured measured) throws IOException {
        int reranked = 0;
        for (Query query : asked) {
            JsonNode answer = Json.MAPPER.readTree(clients.api().send(query.reranked()));
            measured.analyze().add(answer.at("/took_ms/analyze").asDouble());
            reranked += answer.at("/hits/0/scores").has("rerank") ? 1 : 0;
        }
        if (reranked < asked.size()) {
            throw new IllegalStateException("of %d searches only %d were reranked".formatted(asked.size(), reranked));
        }
    }

    private void print(int size, Measured measured) {
        Spread fused = Spread.of(measured.fused());
        Spread reranked = Spread.of(measured.reranked());
        Spread bare = Spread.of(measured.bare());
        System.out.printf(
                Locale.ROOT,
                "%n%,d chunks, %d searches of each kind, milliseconds%n",
                size,
                measured.fused().size());
        line("embedding + bare _msearch", bare);
        line("query API", fused);
        line("query API, late interaction", reranked);
        System.out.printf(
                Locale.ROOT,
                "%-28sp50 %.3f  p99 %.3f%n",
                "API / bare",
                fused.median() / bare.median(),
                fused.percentile(99) / bare.percentile(99));
        System.out.printf(
                Locale.ROOT,
                "%-28sp50 %.2f  p99 %.2f%n",
                "late interaction adds",
                reranked.median() - fused.median(),
                reranked.percentile(99) - fused.percentile(99));
        line("analysis and plan", Spread.of(measured.analyze()));
    }

    private static void line(String name, Spread millis) {
        System.out.printf(
                Locale.ROOT,
                "%-28sp50 %.2f  p95 %.2f  p99 %.2f%n",
                name,
                millis.median(),
                millis.percentile(95),
                millis.percentile(99));
    }
}
