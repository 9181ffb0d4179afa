package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.lateinteraction.TokenStatistics;
import dev.freshet.engines.embedding.TokenEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes the file that says how the token vectors of a model are spread, of texts of seven kinds that all count the same: chats,
 * reports of companies, abstracts of medicine, a speech, encyclopedias, a handbook. None of them is of a collection that
 * {@link TokenVectorQuality} asks.
 */
@Command(name = "TokenVectorStatistics", mixinStandardHelpOptions = true)
public final class TokenVectorStatistics implements Callable<Integer> {
    private static final int PIECE = 900;

    @Option(names = "--embedder", defaultValue = "minilm", description = "Default: ${DEFAULT-VALUE}")
    private String embedder = "";

    @Option(
            names = "--pieces",
            defaultValue = "50",
            description = "Most texts of a kind, of 900 characters each. Default: ${DEFAULT-VALUE}")
    private int most;

    @Option(names = "--to", required = true, description = "The file.")
    private Path target = Path.of("");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TokenVectorStatistics()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Optional<Map<String, List<String>>> kinds = kinds(Path.of("").toAbsolutePath());
        if (kinds.isEmpty()) {
            return 0;
        }
        try (TokenEncoder encoder = TokenEncoder.open(embedder)) {
            int dimension = encoder.identity().dimension();
            List<float[]> means = new ArrayList<>();
            List<List<float[]>> vectors = new ArrayList<>();
            for (Map.Entry<String, List<String>> kind : kinds.get().entrySet()) {
                List<float[]> ofKind =
                        kind.getValue().stream().map(encoder::passage).toList();
                vectors.add(ofKind);
                means.add(mean(ofKind, new float[dimension], false));
                System.out.printf(
                        "%s: %d texts, %d tokens%n",
                        kind.getKey(),
                        ofKind.size(),
                        ofKind.stream()
                                .mapToInt(text -> text.length / dimension)
                                .sum());
            }
            float[] mean = average(means);
            float[] spread = average(
                    vectors.stream().map(ofKind -> mean(ofKind, mean, true)).toList());
            TokenStatistics statistics = TokenStatistics.of(mean, spread);
            Files.write(target, statistics.bytes());
            System.out.printf("%s: %s%n", encoder.identity().name(), statistics.checksum());
        }
        return 0;
    }

    /** Of all tokens, the mean of their distances from a centre. */
    private static float[] mean(List<float[]> texts, float[] centre, boolean absolute) {
        double[] sums = new double[centre.length];
        long tokens = 0;
        for (float[] text : texts) {
            for (int i = 0; i < text.length; i++) {
                double distance = text[i] - centre[i % centre.length];
                sums[i % centre.length] += absolute ? Math.abs(distance) : distance;
            }
            tokens += text.length / centre.length;
        }
        float[] mean = new float[centre.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] / tokens);
        }
        return mean;
    }

    private static float[] average(List<float[]> vectors) {
        float[] average = new float[vectors.getFirst().length];
        for (float[] vector : vectors) {
            for (int i = 0; i < average.length; i++) {
                average[i] += vector[i] / vectors.size();
            }
        }
        return average;
    }

    /** Texts by kind. */
    private Optional<Map<String, List<String>>> kinds(Path project) throws IOException {
        Optional<Path> longTexts = SharedData.find(project, "chunking_eval");
        Optional<Path> encyclopedia = SharedData.find(project, "xquad");
        Optional<List<Corpus.Document>> handbook = SharedData.handbook(project);
        if (longTexts.isEmpty() || encyclopedia.isEmpty() || handbook.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(longTexts.get())) {
            for (Path file : files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                kinds.put(file.getFileName().toString(), pieces(Files.readString(file)));
            }
        }
        kinds.put("xquad", evenly(texts(encyclopedia.get().resolve("corpus.jsonl"))));
        kinds.put(
                "handbook",
                evenly(handbook.get().stream()
                        .map(page -> page.content()
                                .substring(0, Math.min(PIECE, page.content().length())))
                        .toList()));
        return Optional.of(kinds);
    }

    private List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start + PIECE <= text.length(); start += PIECE) {
            pieces.add(text.substring(start, start + PIECE));
        }
        return evenly(pieces);
    }

    private static List<String> texts(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode document = Json.MAPPER.readTree(line);
            texts.add(document.required("text").textValue());
        }
        return texts;
    }

    /** As many as are wanted, at equal distances. */
    private List<String> evenly(List<String> texts) {
        int count = Math.min(most, texts.size());
        List<String> chosen = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(texts.get((int) ((long) i * texts.size() / count)));
        }
        return chosen;
    }
}
