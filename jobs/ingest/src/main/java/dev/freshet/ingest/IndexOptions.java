package dev.freshet.ingest;

import dev.freshet.engines.opensearch.Bm25;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How indices are made. */
final class IndexOptions {
    @Option(
            names = "--bm25-k1",
            defaultValue = "0.9",
            description =
                    "How much more a word counts the more often it stands in a chunk, from 0 to 10. An index keeps what it was made"
                            + " with until freshet rebuild. Default: ${DEFAULT-VALUE}")
    double k1;

    @Option(
            names = "--bm25-b",
            defaultValue = "0.4",
            description =
                    "How much less a word counts the longer its chunk is, from 0 to 1. An index keeps what it was made with until"
                            + " freshet rebuild. Default: ${DEFAULT-VALUE}")
    double b;

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        IngestOptions.check(k1 >= 0 && k1 <= Bm25.MOST_K1, "--bm25-k1 must be from 0 to 10", problems);
        IngestOptions.check(b >= 0 && b <= 1, "--bm25-b must be from 0 to 1", problems);
        return problems;
    }

    Bm25 bm25() {
        return new Bm25(k1, b);
    }
}
