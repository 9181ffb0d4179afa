package dev.freshet.engines.embedding;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbeddedQuery;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import dev.freshet.core.lease.Leases;
import dev.freshet.core.lease.Leases.Lease;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A lease on an embedder that all parts of a process share: the last to close its lease closes the embedder. */
public final class SharedEmbedder implements Embedder {
    private static final Leases<EmbedderSettings, Embedder> LEASES = new Leases<>(Embedders::open, Embedder::close);

    private final Lease<Embedder> lease;

    private SharedEmbedder(Lease<Embedder> lease) {
        this.lease = lease;
    }

    /**
     * Leases the process's embedder of these settings, and opens it for the first lease.
     *
     * @see Embedders#open(EmbedderSettings)
     */
    public static SharedEmbedder lease(EmbedderSettings settings) {
        return new SharedEmbedder(LEASES.lease(settings));
    }

    /** Leases the process's encoder of that name and number of threads. */
    public static SharedEmbedder lease(String name, int threads) {
        return lease(new EmbedderSettings(name, threads));
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

    @Override
    public CompletableFuture<EmbeddedQuery> embedQueryTokens(String query) {
        return lease.isClosed() ? refused() : lease.value().embedQueryTokens(query);
    }

    @Override
    public @Nullable TokenVectorIdentity tokenVectors() {
        return lease.value().tokenVectors();
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
                "This lease on the embedder is closed", new RejectedExecutionException("closed")));
    }
}
