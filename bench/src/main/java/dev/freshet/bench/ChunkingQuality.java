package dev.freshet.bench;

import dev.freshet.bench.SpanQuestions.Question;
import dev.freshet.bench.SpanQuestions.Span;
import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.EmbeddedText;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.engines.embedding.Embedders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How well the chunks of every chunker answer questions whose answers are known to the character: of the best chunks by
 * vector alone, how much of the answers is in them (recall), how much of them is answer (precision), and both in one (IoU).
 */
@Command(name = "ChunkingQuality", mixinStandardHelpOptions = true)
public final class ChunkingQuality implements Callable<Integer> {
    private static final int BATCH = 64;
    private static final int LARGEST = 500;

    @Option(names = "--embedder", defaultValue = "minilm", description = "Default: ${DEFAULT-VALUE}")
    private String embedderName = "";

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "160,128,256,400",
            description = "Targets in tokens, or minimum-target-maximum. Default: ${DEFAULT-VALUE}")
    private List<String> sizes = List.of();

    @Option(names = "--chunkers", split = ",", description = "Default: all of them.")
    private List<String> chunkers = ChunkStrategy.labels();

    @Option(names = "--retrieved", defaultValue = "5", description = "Chunks. Default: ${DEFAULT-VALUE}")
    private int retrieved;

    private final Map<String, float[]> vectors = new HashMap<>();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ChunkingQuality()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Optional<Path> folder = SharedData.find(Path.of("").toAbsolutePath(), "chunking_eval");
        if (folder.isEmpty()) {
            return 0;
        }
        SpanQuestions questions = SpanQuestions.read(folder.get());
        try (Embedder embedder =
                Embedders.open(embedderName, Runtime.getRuntime().availableProcessors())) {
            List<float[]> asked = new ArrayList<>();
            for (Question question : questions.questions()) {
                asked.add(embedder.embedQuery(question.words()).join());
            }
            System.out.println("| size | chunker | chunks | mean tokens | recall | precision | IoU |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (String size : sizes) {
                for (String chunker : chunkers) {
                    measure(questions, asked, embedder, ChunkStrategy.of(chunker), sizeOf(size));
                }
            }
        }
        return 0;
    }

    /** Of a target alone, as far around it as the defaults are, and no larger than the encoder reads. */
    private static ChunkSize sizeOf(String size) {
        List<Integer> numbers =
                Arrays.stream(size.split("-", -1)).map(Integer::valueOf).toList();
        if (numbers.size() == 3) {
            return new ChunkSize(numbers.get(0), numbers.get(1), numbers.get(2));
        }
        int target = numbers.getFirst();
        return new ChunkSize(
                target * ChunkSize.DEFAULT.minimum() / ChunkSize.DEFAULT.target(),
                target,
                Math.min(target * ChunkSize.DEFAULT.maximum() / ChunkSize.DEFAULT.target(), LARGEST));
    }

    private void measure(
            SpanQuestions questions, List<float[]> asked, Embedder embedder, ChunkStrategy strategy, ChunkSize size) {
        List<Span> spans = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        long tokens = 0;
        for (Map.Entry<String, String> text : questions.texts().entrySet()) {
            for (TextChunk chunk :
                    Chunkers.open(strategy, size, embedderName).chunk("text/markdown", text.getValue())) {
                spans.add(new Span(text.getKey(), chunk.start(), chunk.end()));
                texts.add(EmbeddedText.of(null, chunk.headingPath(), chunk.text()));
                tokens += chunk.tokens();
            }
        }
        embed(embedder, texts);
        double recall = 0;
        double precision = 0;
        double union = 0;
        for (int i = 0; i < asked.size(); i++) {
            Question question = questions.questions().get(i);
            long answer = question.answers().stream().mapToLong(Span::length).sum();
            long read = 0;
            long found = 0;
            for (int chunk : best(asked.get(i), texts)) {
                read += spans.get(chunk).length();
                for (Span span : question.answers()) {
                    found += span.overlap(spans.get(chunk));
                }
            }
            recall += (double) found / answer;
            precision += (double) found / read;
            union += (double) found / (read + answer - found);
        }
        int count = asked.size();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.4f | %.4f | %.4f |%n",
                size,
                strategy.label(),
                spans.size(),
                tokens / spans.size(),
                recall / count,
                precision / count,
                union / count);
    }

    private void embed(Embedder embedder, List<String> texts) {
        List<String> unknown = texts.stream()
                .filter(text -> !vectors.containsKey(text))
                .distinct()
                .toList();
        for (int from = 0; from < unknown.size(); from += BATCH) {
            List<String> batch = unknown.subList(from, Math.min(unknown.size(), from + BATCH));
            List<EmbedOutcome> outcomes = embedder.embedPassages(batch).join();
            for (int i = 0; i < batch.size(); i++) {
                if (outcomes.get(i) instanceof Embedded embedded) {
                    vectors.put(batch.get(i), embedded.vector());
                }
            }
        }
    }

    private List<Integer> best(float[] asked, List<String> texts) {
        record Scored(int chunk, double score) {}
        PriorityQueue<Scored> best = new PriorityQueue<>((one, other) -> Double.compare(one.score(), other.score()));
        for (int i = 0; i < texts.size(); i++) {
            best.add(new Scored(i, product(asked, vectors.getOrDefault(texts.get(i), new float[asked.length]))));
            if (best.size() > retrieved) {
                best.poll();
            }
        }
        return best.stream().map(Scored::chunk).toList();
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
