package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.describe.NearDuplicateKeys;
import dev.freshet.engines.chunking.Chunkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * How well common keys tell near-duplicates: beside the true overlap (Jaccard) of the chunks' sets of three words in a row,
 * for made edits of real chunks, and for all pairs of live chunks of different pages that have a key in common.
 */
@Command(name = "NearDuplicates", mixinStandardHelpOptions = true)
public final class NearDuplicates implements Callable<Integer> {
    private static final double NEAR = 0.8;
    private static final int[] EDITED_PERCENT = {1, 2, 5, 10, 20, 30};

    private record Chunk(String page, String text, List<String> keys) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NearDuplicates()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Optional<List<Corpus.Document>> pages = SharedData.handbook(Path.of("").toAbsolutePath());
        if (pages.isEmpty()) {
            return 0;
        }
        Chunker chunker = Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, "minilm");
        List<Chunk> chunks = new ArrayList<>();
        for (Corpus.Document page : pages.get()) {
            for (TextChunk chunk : chunker.chunk(page.contentType(), page.content())) {
                List<String> keys = NearDuplicateKeys.of(chunk.text());
                if (!keys.isEmpty()) {
                    chunks.add(new Chunk(page.id(), chunk.text(), keys));
                }
            }
        }
        System.out.printf(Locale.ROOT, "%,d chunks of all pages%n", chunks.size());
        edits(chunks);
        realPairs(chunks);
        return 0;
    }

    private static void edits(List<Chunk> chunks) {
        Random random = new Random(7);
        for (int percent : EDITED_PERCENT) {
            int near = 0;
            int found = 0;
            double overlap = 0;
            int tries = 5_000;
            for (int i = 0; i < tries; i++) {
                String text = chunks.get(random.nextInt(chunks.size())).text();
                String edited = edited(text, percent, random);
                double jaccard = jaccard(shingles(text), shingles(edited));
                overlap += jaccard;
                near += jaccard >= NEAR ? 1 : 0;
                found += shared(NearDuplicateKeys.of(text), NearDuplicateKeys.of(edited)) >= NearDuplicateKeys.SHARED
                        ? 1
                        : 0;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d %% of the words replaced: overlap %.2f on average, %.3f at %.1f or more; %.3f found%n",
                    percent,
                    overlap / tries,
                    (double) near / tries,
                    NEAR,
                    (double) found / tries);
        }
    }

    /** Pairs without a common key are not looked at: of those, none can be found, and recall is among the others. */
    private static void realPairs(List<Chunk> chunks) {
        Map<String, List<Integer>> byKey = new HashMap<>();
        for (int i = 0; i < chunks.size(); i++) {
            for (String key : chunks.get(i).keys()) {
                byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(i);
            }
        }
        Set<Long> pairs = new HashSet<>();
        for (List<Integer> same : byKey.values()) {
            for (int i = 0; i < same.size(); i++) {
                for (int j = i + 1; j < Math.min(same.size(), i + 50); j++) {
                    pairs.add(((long) same.get(i) << 32) | same.get(j));
                }
            }
        }
        int found = 0;
        int right = 0;
        int nearly = 0;
        int near = 0;
        for (long pair : pairs) {
            Chunk one = chunks.get((int) (pair >>> 32));
            Chunk other = chunks.get((int) pair);
            if (one.page().equals(other.page()) || one.text().equals(other.text())) {
                continue;
            }
            double jaccard = jaccard(shingles(one.text()), shingles(other.text()));
            boolean isFound = shared(one.keys(), other.keys()) >= NearDuplicateKeys.SHARED;
            near += jaccard >= NEAR ? 1 : 0;
            found += isFound ? 1 : 0;
            right += isFound && jaccard >= NEAR ? 1 : 0;
            nearly += isFound && jaccard >= NEAR - 0.2 ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "real pairs of different pages and texts: %,d found, of which overlap %.1f or more: %.3f, %.1f or more: %.3f; "
                        + "of %,d with a common key and %.1f or more, %.3f found%n",
                found,
                NEAR,
                (double) right / Math.max(1, found),
                NEAR - 0.2,
                (double) nearly / Math.max(1, found),
                near,
                NEAR,
                (double) right / Math.max(1, near));
    }

    private static String edited(String text, int percent, Random random) {
        String[] words = text.split("(?<=\\s)", -1);
        for (int i = 0; i < words.length; i++) {
            if (random.nextInt(100) < percent) {
                words[i] = "edited" + random.nextInt() + " ";
            }
        }
        return String.join("", words);
    }

    private static int shared(List<String> one, List<String> other) {
        Set<String> shared = new HashSet<>(one);
        shared.retainAll(other);
        return shared.size();
    }

    private static double jaccard(Set<String> one, Set<String> other) {
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return (double) common.size() / Math.max(1, one.size() + other.size() - common.size());
    }

    private static Set<String> shingles(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1);
        Set<String> shingles = new HashSet<>();
        for (int i = 0; i + 2 < words.length; i++) {
            shingles.add(words[i] + ' ' + words[i + 1] + ' ' + words[i + 2]);
        }
        return shingles;
    }
}
