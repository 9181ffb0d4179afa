package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.search.Visibility;
import dev.freshet.core.text.MatchingText;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How many of the truly nearest chunks the graph of the index finds, by how far it looks. */
@Command(
        name = "AnnRecall",
        mixinStandardHelpOptions = true,
        description = "Measures recall@100 of the index's k-NN search beside exact search over the same vectors.")
public final class AnnRecall implements Callable<Integer> {
    private static final String EMBEDDER = "minilm";
    private static final String TENANT = "varied";
    private static final int NEAREST = 100;
    /** The request says nothing: what the query API sends. */
    private static final int UNSET = 0;

    @Option(names = "--chunks", defaultValue = "100000", description = "In the index. Default: ${DEFAULT-VALUE}")
    private int chunks;

    @Option(
            names = "--base",
            defaultValue = "10000",
            description = "Of them real, embedded, and varied for the others. Default: ${DEFAULT-VALUE}")
    private int base;

    @Option(
            names = "--noise",
            defaultValue = "0.6",
            description = "Length of what moves the vector of a varied chunk; its own is 1. Default: ${DEFAULT-VALUE}")
    private double noise;

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--collections",
            split = ",",
            defaultValue = "cranfield,cacm,xquad",
            description =
                    "Whose queries are asked, and whose documents are among the real ones. Default: ${DEFAULT-VALUE}")
    private List<String> collections = List.of();

    @Option(names = "--queries", defaultValue = "200", description = "Most of a collection. Default: ${DEFAULT-VALUE}")
    private int queries;

    @Option(
            names = "--ef",
            split = ",",
            defaultValue = "100,128,200,300,500",
            description =
                    "Candidates that the graph search keeps, ef_search; 0 says nothing. Default: ${DEFAULT-VALUE}")
    private List<Integer> candidates = List.of();

    /** What one setting found. */
    private record Found(List<Double> recalls, List<Double> millis) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AnnRecall()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (chunks < NEAREST || base < 1 || queries < 1) {
            throw new ParameterException(
                    new CommandLine(this),
                    "--chunks is at least 100, and there is at least one of --base and --queries");
        }
        Path project = Path.of("").toAbsolutePath();
        int threads = Runtime.getRuntime().availableProcessors();
        try (Embedder embedder = Embedders.open(EMBEDDER, threads)) {
            Optional<List<BaseChunk>> real =
                    BaseChunk.read(project, collections, Math.min(base, chunks), EMBEDDER, embedder);
            if (real.isEmpty()) {
                return 0;
            }
            VariedChunks varied = new VariedChunks(real.get(), noise, seed);
            List<float[]> asked = asked(project, embedder);
            StackOptions options = StackOptions.forTests(Scratch.folder(project, "ann-recall"), Component.OPENSEARCH);
            try (LocalStack stack = LocalStack.start(options)) {
                varied.write(stack, embedder, TENANT, chunks);
                System.out.printf(
                        Locale.ROOT,
                        "%,d chunks in %d segments: %,d real ones, the others of them with noise of %.2f; %,d queries%n",
                        chunks,
                        new IndexSegments(stack).count(),
                        real.get().size(),
                        noise,
                        asked.size());
                measure(stack, varied, asked);
            }
        }
        return 0;
    }

    private List<float[]> asked(Path project, Embedder embedder) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        for (String collection : collections) {
            Optional<Path> folder = SharedData.find(project, collection);
            for (String query : Corpus.beirQueries(folder.orElseThrow()).stream()
                    .limit(queries)
                    .toList()) {
                vectors.add(embedder.embedQuery(MatchingText.of(query)).join());
            }
        }
        return vectors;
    }

    private void measure(LocalStack stack, VariedChunks varied, List<float[]> asked) throws IOException {
        HttpPost search =
                new HttpPost(stack.openSearch(), "/freshet-chunks/_search", Map.of("Content-Type", "application/json"));
        ExactNeighbours exact = new ExactNeighbours(
                IntStream.range(0, chunks).mapToObj(varied::vector).toList());
        Map<String, Integer> numbers = new HashMap<>();
        IntStream.range(0, chunks).forEach(number -> numbers.put(VariedChunks.id(TENANT, number), number));
        List<Integer> settings = new ArrayList<>(List.of(UNSET));
        settings.addAll(candidates);
        Map<Integer, Found> found = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            float[] query = asked.get(i);
            Set<Integer> nearest = exact.of(query, NEAREST);
            for (int turn = 0; turn < settings.size(); turn++) {
                // Whoever comes later finds warmer caches.
                int ef = settings.get((i + turn) % settings.size());
                byte[] body = body(query, ef);
                long start = System.nanoTime();
                byte[] answer = search.send(body);
                double millis = (System.nanoTime() - start) / 1e6;
                Found of = found.computeIfAbsent(ef, unknown -> new Found(new ArrayList<>(), new ArrayList<>()));
                of.millis().add(millis);
                of.recalls().add(ExactNeighbours.recall(nearest, numbers(answer, numbers), NEAREST));
            }
        }
        print(settings, found);
    }

    private static List<Integer> numbers(byte[] answer, Map<String, Integer> numbers) throws IOException {
        List<Integer> found = new ArrayList<>();
        for (JsonNode hit : Json.MAPPER.readTree(answer).at("/hits/hits")) {
            Integer number = numbers.get(hit.required("_id").textValue());
            if (number == null) {
                throw new IllegalStateException("the index has a chunk that nobody wrote: " + hit.path("_id"));
            }
            found.add(number);
        }
        return found;
    }

    /** As the leg of the query API: the filter is inside. Its answer is shorter, only the ids. */
    static byte[] body(float[] vector, int ef) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("size", NEAREST).put("track_total_hits", false).put("_source", false);
        ObjectNode knn = body.putObject("query").putObject("knn").putObject("vector");
        ArrayNode numbers = knn.putArray("vector");
        for (float number : vector) {
            numbers.add(number);
        }
        knn.put("k", NEAREST);
        if (ef != UNSET) {
            knn.putObject("method_parameters").put("ef_search", ef);
        }
        ArrayNode filters = knn.putObject("filter").putObject("bool").putArray("filter");
        Visibility visibility = Visibility.ofTenant(TENANT);
        filters.addObject().putObject("term").put("tenant", visibility.tenant());
        ArrayNode principals = filters.addObject().putObject("terms").putArray("acl");
        visibility.principals().forEach(principals::add);
        return Json.bytes(body);
    }

    private static void print(List<Integer> settings, Map<Integer, Found> found) {
        System.out.println("| ef_search | recall@100 median | mean | least | p50 ms |");
        System.out.println("|---|---|---|---|---|");
        for (int ef : settings.stream().distinct().toList()) {
            Found of = found.get(ef);
            if (of == null) {
                throw new IllegalStateException("nothing was asked");
            }
            Spread recalls = Spread.of(of.recalls());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.4f | %.3f | %.2f |%n",
                    ef == UNSET ? "not said" : Integer.toString(ef),
                    recalls.median(),
                    of.recalls().stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElse(0),
                    recalls.percentile(0),
                    Spread.of(of.millis()).median());
        }
    }
}
