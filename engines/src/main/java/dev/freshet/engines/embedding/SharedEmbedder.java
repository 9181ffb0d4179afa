package dev.freshet.engines.embedding;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A lease on an encoder that all parts of a process share: the last to close its lease closes the encoder. */
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
    private final Shared shared;
    private volatile boolean closed;

    private SharedEmbedder(Key key, Shared shared) {
        this.key = key;
        this.shared = shared;
    }

    /**
     * Leases the process's encoder of that name and number of threads, and opens it for the first lease.
     *
     * @see Embedders#open
     */
    public static SharedEmbedder lease(String name, int threads) {
        Key key = new Key(name, threads);
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(key, absent -> new Shared(Embedders.open(name, threads)));
            shared.leases++;
            return new SharedEmbedder(key, shared);
        }
    }

    @Override
    public ModelIdentity identity() {
        return shared.embedder.identity();
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        return closed ? refused() : shared.embedder.embedPassages(passages);
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        return closed ? refused() : shared.embedder.embedQuery(query);
    }

    /** Gives the lease back; further calls do nothing. */
    @Override
    public void close() {
        synchronized (OPEN) {
            if (closed) {
                return;
            }
            closed = true;
            if (--shared.leases == 0) {
                OPEN.remove(key);
                shared.embedder.close();
            }
        }
    }

    boolean shares(SharedEmbedder other) {
        return shared == other.shared;
    }

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new EmbedderUnavailableException(
                "This lease on the encoder is closed", new RejectedExecutionException("closed")));
    }
}
