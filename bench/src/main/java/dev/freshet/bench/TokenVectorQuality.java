package dev.freshet.bench;

import dev.freshet.bench.BeirCollection.Query;
import dev.freshet.core.evaluation.Ndcg;
import dev.freshet.core.evaluation.Ranking;
import dev.freshet.core.evaluation.ScoredDocument;
import dev.freshet.core.lateinteraction.MaxSim;
import dev.freshet.core.lateinteraction.QueryTokens;
import dev.freshet.core.lateinteraction.TokenQuantizer;
import dev.freshet.core.lateinteraction.TokenStatistics;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.lateinteraction.TokenVectors;
import dev.freshet.engines.embedding.TokenEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What is lost when one bit is kept of every dimension of a token vector: nDCG@10 of the best 50 documents after MaxSim over
 * floats, over bits and over pairs has put them in another order; alone, and half and half with the score that found them.
 */
@Command(name = "TokenVectorQuality", mixinStandardHelpOptions = true)
public final class TokenVectorQuality implements Callable<Integer> {
    private static final int RERANKED = 50;
    private static final int DEPTH = 100;
    private static final Ndcg NDCG = new Ndcg(10);

    @Option(
            names = "--embedders",
            split = ",",
            defaultValue = "minilm,bge-small",
            description = "Default: ${DEFAULT-VALUE}")
    private List<String> embedders = List.of();

    @Option(
            names = "--collections",
            split = ",",
            defaultValue = "cranfield,cacm",
            description = "Default: ${DEFAULT-VALUE}")
    private List<String> collections = List.of();

    private final MaxSim maxSim = MaxSim.fastest();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TokenVectorQuality()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        System.out.println(
                "| model | collection | found by | as found | MaxSim: float | bits | pairs | half MaxSim: float | bits | pairs |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (String collection : collections) {
            Optional<Path> folder = SharedData.find(Path.of("").toAbsolutePath(), collection);
            if (folder.isEmpty()) {
                return 0;
            }
            BeirCollection read = BeirCollection.read(folder.get());
            for (String embedder : embedders) {
                try (TokenEncoder encoder = TokenEncoder.open(embedder)) {
                    measure(collection, embedder, read, encoder);
                }
            }
        }
        return 0;
    }

    private void measure(String name, String embedder, BeirCollection collection, TokenEncoder encoder)
            throws IOException {
        List<String> texts = collection.documents().stream()
                .map(document ->
                        document.title() == null ? document.content() : document.title() + "\n\n" + document.content())
                .toList();
        // Encoded once: what is asked of many queries must not be encoded for each.
        List<float[]> tokens = IntStream.range(0, texts.size())
                .parallel()
                .mapToObj(i -> encoder.passage(texts.get(i)))
                .toList();
        List<float[]> vectors = tokens.stream().map(encoder::pooled).toList();
        Scores dense = new Scores();
        Scores hybrid = new Scores();
        try (KeywordScores keywords = new KeywordScores(texts)) {
            for (Query query : collection.queries()) {
                float[] asked = encoder.query(query.text());
                Map<Integer, Double> nearest = nearest(encoder.pooled(asked), vectors);
                Candidates candidates = new Candidates(asked, tokens, encoder.statistics(), maxSim);
                dense.add(query, nearest, candidates, collection);
                hybrid.add(query, fused(nearest, keywords.best(query.text(), DEPTH)), candidates, collection);
            }
        }
        dense.print(embedder, name, "vector");
        hybrid.print(embedder, name, "hybrid");
    }

    private static Map<Integer, Double> nearest(float[] asked, List<float[]> vectors) {
        double[] cosines = vectors.stream()
                .mapToDouble(vector -> FloatMaxSim.product(asked, 0, vector, 0, asked.length))
                .toArray();
        return best(IntStream.range(0, cosines.length).boxed().toList(), i -> cosines[i], DEPTH);
    }

    private static Map<Integer, Double> fused(Map<Integer, Double> vector, Map<Integer, Double> keyword) {
        Map<Integer, Double> fused = new LinkedHashMap<>(scaled(vector));
        scaled(keyword).forEach((document, score) -> fused.merge(document, score, Double::sum));
        return best(List.copyOf(fused.keySet()), i -> fused.getOrDefault(i, 0.0), DEPTH);
    }

    /** Best first. */
    private static Map<Integer, Double> best(List<Integer> documents, IntToDoubleFunction score, int depth) {
        Map<Integer, Double> best = new LinkedHashMap<>();
        documents.stream()
                .sorted((one, other) -> Double.compare(score.applyAsDouble(other), score.applyAsDouble(one)))
                .limit(depth)
                .forEach(document -> best.put(document, score.applyAsDouble(document)));
        return best;
    }

    /** From 0 to 1. */
    private static Map<Integer, Double> scaled(Map<Integer, Double> scores) {
        double lowest =
                scores.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double highest =
                scores.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Map<Integer, Double> scaled = new LinkedHashMap<>();
        scores.forEach((document, score) ->
                scaled.put(document, highest == lowest ? 1 : (score - lowest) / (highest - lowest)));
        return scaled;
    }

    /** A query's tokens, against those of documents in three forms. */
    @SuppressWarnings("ArrayRecordComponent") // vectors; never compared
    private record Candidates(float[] asked, List<float[]> tokens, TokenStatistics statistics, MaxSim maxSim) {
        Map<Integer, Double> score(int form, Iterable<Integer> documents) {
            QueryTokens query = QueryTokens.of(asked, statistics);
            Map<Integer, Double> scores = new LinkedHashMap<>();
            for (int document : documents) {
                float[] passage = tokens.get(document);
                scores.put(
                        document,
                        switch (form) {
                            case 0 -> FloatMaxSim.score(asked, passage, statistics.dimension());
                            case 1 -> maxSim.score(query, kept(TokenVectorForm.BITS, passage));
                            default -> maxSim.score(query, kept(TokenVectorForm.PAIRS, passage));
                        });
            }
            return scores;
        }

        private TokenVectors kept(TokenVectorForm form, float[] passage) {
            return new TokenQuantizer(statistics, form).quantize(passage);
        }
    }

    /** Sums over queries. */
    private static final class Scores {
        private final double[] sums = new double[7];
        private int queries;

        void add(Query query, Map<Integer, Double> found, Candidates candidates, BeirCollection collection) {
            Map<Integer, Double> top = best(List.copyOf(found.keySet()), i -> found.getOrDefault(i, 0.0), RERANKED);
            sums[0] += ndcg(query, top, collection);
            Map<Integer, Double> before = scaled(top);
            for (int form = 0; form < 3; form++) {
                Map<Integer, Double> tokens = candidates.score(form, top.keySet());
                sums[1 + form] += ndcg(query, tokens, collection);
                Map<Integer, Double> blended = new LinkedHashMap<>(scaled(tokens));
                before.forEach((document, score) -> blended.merge(document, score, Double::sum));
                sums[4 + form] += ndcg(query, blended, collection);
            }
            queries++;
        }

        private static double ndcg(Query query, Map<Integer, Double> scores, BeirCollection collection) {
            List<ScoredDocument> retrieved = new ArrayList<>();
            scores.forEach((document, score) -> retrieved.add(
                    new ScoredDocument(collection.documents().get(document).id(), score)));
            return NDCG.measure(Ranking.byScore(retrieved), query.judgements());
        }

        void print(String embedder, String collection, String foundBy) {
            StringBuilder row = new StringBuilder("| %s | %s | %s |".formatted(embedder, collection, foundBy));
            for (double sum : sums) {
                row.append(String.format(Locale.ROOT, " %.4f |", sum / queries));
            }
            System.out.println(row);
        }
    }
}
