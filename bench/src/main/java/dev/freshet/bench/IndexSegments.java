package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.LocalStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;

/** The pieces that an index is made of, and whether OpenSearch is about to make fewer of them. */
final class IndexSegments {
    private static final long LOOK_MILLIS = 500;

    private final LocalStack stack;
    private final URL statistics;

    /** Of the ingest job's index of chunks. */
    IndexSegments(LocalStack stack) throws IOException {
        this.stack = stack;
        this.statistics = stack.openSearch()
                .resolve("/freshet-chunks/_stats/merge,segments")
                .toURL();
    }

    int count() throws IOException {
        return primaries().at("/segments/count").asInt();
    }

    /** Waits until no segments are merged, and the stack has next to nothing to do. */
    void awaitQuiet(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            while (primaries().at("/merges/current").asInt() > 0) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "OpenSearch still merges segments after %d s".formatted(patience.toSeconds()));
                }
                Thread.sleep(LOOK_MILLIS);
            }
            Scratch.settle(stack);
        } while (primaries().at("/merges/current").asInt() > 0);
    }

    private JsonNode primaries() throws IOException {
        try (InputStream in = statistics.openStream()) {
            return Json.MAPPER.readTree(in).required("_all").required("primaries");
        }
    }
}
