package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Made-up documents for property tests: lists of Markdown blocks. */
final class Documents {
    /** Counts words: easy to reason about. */
    static final TokenCounter WORDS = text -> text.isBlank() ? 0 : text.strip().split("\\s+").length;

    private static final String[] VOCABULARY = {
        "index", "stream", "chunk", "vector", "topic", "change", "delete", "state", "fence", "token", "shard", "broker",
        "query", "rank", "window", "offset", "replay", "batch", "leader", "segment"
    };

    private Documents() {}

    static Arbitrary<String> words(int from, int to) {
        return Arbitraries.of(VOCABULARY).list().ofMinSize(from).ofMaxSize(to).map(words -> String.join(" ", words));
    }

    static Arbitrary<String> block() {
        Arbitrary<String> paragraph =
                words(3, 12).list().ofMinSize(1).ofMaxSize(6).map(sentences -> String.join(". ", sentences) + ".");
        Arbitrary<String> heading = Arbitraries.integers()
                .between(1, 4)
                .flatMap(level -> words(1, 4).map(words -> "#".repeat(level) + " " + words));
        Arbitrary<String> list =
                words(2, 15).list().ofMinSize(1).ofMaxSize(5).map(items -> "- " + String.join("\n- ", items));
        Arbitrary<String> code =
                words(1, 8).list().ofMinSize(1).ofMaxSize(8).map(lines -> "```\n" + String.join("\n", lines) + "\n```");
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, paragraph),
                net.jqwik.api.Tuple.of(2, heading),
                net.jqwik.api.Tuple.of(2, list),
                net.jqwik.api.Tuple.of(1, code));
    }

    static Arbitrary<List<String>> blocks() {
        return block().list().ofMinSize(1).ofMaxSize(60);
    }

    static String markdown(List<String> blocks) {
        return String.join("\n\n", blocks) + "\n";
    }

    static List<String> with(List<String> blocks, int at, String block) {
        List<String> changed = new ArrayList<>(blocks);
        changed.add(at, block);
        return changed;
    }
}
