package dev.freshet.engines.embedding;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.ModelIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One encoder for all parts of a process that ask for the same one: the last to close its lease closes the encoder. */
public final class SharedEmbedder implements Embedder {
    private record Key(String name, int threads) {}

    private static final class Shared {
        final Embedder embedder;
        int leases;

        Shared(Embedder embedder) {
            this.embedder = embedder;
        }
    }

    private static final Map<Key, Shared> OPEN = new HashMap<>();

    private final Key key;
    private final Embedder embedder;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SharedEmbedder(Key key, Embedder embedder) {
        this.key = key;
        this.embedder = embedder;
    }

    /**
     * Leases the process's encoder of that name and number of threads, and opens it for the first lease.
     *
     * @see Embedders#open
     */
    public static Embedder lease(String name, int threads) {
        Key key = new Key(name, threads);
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(key, absent -> new Shared(Embedders.open(name, threads)));
            shared.leases++;
            return new SharedEmbedder(key, shared.embedder);
        }
    }

    @Override
    public ModelIdentity identity() {
        return embedder.identity();
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        return embedder.embedPassages(passages);
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        return embedder.embedQuery(query);
    }

    /** Gives the lease back; further calls do nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        synchronized (OPEN) {
            Shared shared = OPEN.get(key);
            if (shared != null && --shared.leases == 0) {
                OPEN.remove(key);
                shared.embedder.close();
            }
        }
    }
}
