package dev.freshet.engines.embedding;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lease.Leases;
import dev.freshet.core.lease.Leases.Lease;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A lease on an encoder that all parts of a process share: the last to close its lease closes the encoder. */
public final class SharedEmbedder implements Embedder {
    private record Key(String name, int threads) {}

    private static final Leases<Key, Embedder> LEASES =
            new Leases<>(key -> Embedders.open(key.name(), key.threads()), Embedder::close);

    private final Lease<Embedder> lease;

    private SharedEmbedder(Lease<Embedder> lease) {
        this.lease = lease;
    }

    /**
     * Leases the process's encoder of that name and number of threads, and opens it for the first lease.
     *
     * @see Embedders#open
     */
    public static SharedEmbedder lease(String name, int threads) {
        return new SharedEmbedder(LEASES.lease(new Key(name, threads)));
    }

    @Override
    public ModelIdentity identity() {
        return lease.value().identity();
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        return lease.isClosed() ? refused() : lease.value().embedPassages(passages);
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        return lease.isClosed() ? refused() : lease.value().embedQuery(query);
    }

    /** Gives the lease back; further calls do nothing. */
    @Override
    public void close() {
        lease.close();
    }

    boolean shares(SharedEmbedder other) {
        return lease.sharesWith(other.lease);
    }

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new EmbedderUnavailableException(
                "This lease on the encoder is closed", new RejectedExecutionException("closed")));
    }
}
