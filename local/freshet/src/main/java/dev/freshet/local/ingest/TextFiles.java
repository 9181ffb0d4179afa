package dev.freshet.local.ingest;

import dev.freshet.core.envelope.ChangeReader;
import java.util.List;
import java.util.Locale;

/** Which files are documents. */
final class TextFiles {

    /** The largest record that the ingest job takes, in bytes; larger ones would only become dead letters. */
    static final long LARGEST = ChangeReader.LARGEST_RECORD;

    private static final List<String> SUFFIXES = List.of(".md", ".markdown", ".txt");

    private TextFiles() {}

    static boolean accepts(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(lower::endsWith);
    }
}
