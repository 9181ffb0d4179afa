package dev.freshet.local.ingest;

import java.util.List;
import java.util.Locale;

/** Which files are documents. */
final class TextFiles {

    /** Kafka's largest message, with room for the envelope and for escaped characters. */
    static final long LARGEST = 12L * 1024 * 1024;

    private static final List<String> SUFFIXES = List.of(".md", ".markdown", ".txt");

    private TextFiles() {}

    static boolean accepts(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(lower::endsWith);
    }
}
