package dev.freshet.bench;

import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The chunks of an index that a search sees. */
final class SearchableChunks {
    static final String ALL = "{\"match_all\":{}}";

    private static final long DEADLINE_NANOS = 30_000_000_000L;
    private static final long PAUSE_NANOS = 5_000_000;

    private final HttpPost count;
    private final HttpPost refresh;

    /** Of the ingest job's index. */
    SearchableChunks(LocalStack stack) throws IOException {
        this(stack, "freshet-chunks");
    }

    SearchableChunks(LocalStack stack, String index) throws IOException {
        String path = "/" + index;
        this.count = new HttpPost(stack.openSearch(), path + "/_count", Map.of("Content-Type", "application/json"));
        this.refresh = new HttpPost(stack.openSearch(), path + "/_refresh", Map.of());
    }

    /** The query for the chunks of documents with this in their metadata. */
    static String with(String field, int value) {
        return "{\"term\":{\"facets\":\"" + field + "=" + value + "\"}}";
    }

    /** The query for the chunks of one tenant. */
    static String ofTenant(String tenant) {
        return "{\"term\":{\"tenant\":\"" + tenant + "\"}}";
    }

    /** Lets searches see all that was acknowledged. */
    void refresh() throws IOException {
        refresh.send(new byte[0]);
    }

    long count(String query) throws IOException {
        byte[] body = ("{\"query\":" + query + "}").getBytes(StandardCharsets.UTF_8);
        return Json.MAPPER.readTree(count.send(body)).required("count").longValue();
    }

    /** The number of chunks that the query finds, as soon as they are so many. */
    long await(String query, long wanted) throws IOException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (true) {
            long found = count(query);
            if (found >= wanted) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%d of %d chunks are found: %s".formatted(found, wanted, query));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
