package dev.freshet.engines.opensearch;

import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import dev.freshet.core.search.IndexTraits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the index says of itself in its mapping. It is asked again every few seconds, while searches go by what it said last: another index may
 * be behind the alias by then.
 */
public final class OpenSearchIndexTraits implements IndexTraits {
    private static final String META = "/" + SearchIndex.CHUNKS.alias() + "/_mapping";
    private static final Map<String, String> ONLY_META = Map.of("filter_path", "*.mappings._meta");
    private static final long VALID_NANOS = Duration.ofSeconds(5).toNanos();

    private final OpenSearchConnection connection;
    private final @Nullable TokenVectorIdentity ours;
    private final AtomicLong askAgainAt = new AtomicLong(System.nanoTime());
    private volatile boolean tokenVectors;

    /**
     * For the queries of one embedder.
     *
     * @param ours what its queries can be compared with; null for nothing
     */
    public OpenSearchIndexTraits(OpenSearchConnection connection, @Nullable TokenVectorIdentity ours) {
        this.connection = connection;
        this.ours = ours;
    }

    @Override
    public boolean holdsTokenVectors() {
        long now = System.nanoTime();
        long due = askAgainAt.get();
        if (ours != null && now - due >= 0 && askAgainAt.compareAndSet(due, now + VALID_NANOS)) {
            ask(ours);
        }
        return tokenVectors;
    }

    private void ask(TokenVectorIdentity identity) {
        var unused = connection.get(META, ONLY_META).thenAccept(reply -> {
            if (reply.status() == 200) {
                tokenVectors = holds(reply.body(), identity);
            }
        });
    }

    /** Whether all indices behind the alias hold bits around the same mean. */
    private static boolean holds(byte[] mappings, TokenVectorIdentity identity) {
        boolean all = false;
        for (var index : BlockingRequests.parse(mappings).properties()) {
            String held = index.getValue()
                    .at("/mappings/_meta/token_vectors/statistics")
                    .asText();
            if (!held.equals(identity.statistics())) {
                return false;
            }
            all = true;
        }
        return all;
    }
}
