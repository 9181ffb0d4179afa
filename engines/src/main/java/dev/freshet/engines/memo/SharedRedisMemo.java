package dev.freshet.engines.memo;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbeddingMemo;
import dev.freshet.core.embed.MemoAnswer;
import dev.freshet.core.lease.Leases;
import dev.freshet.core.lease.Leases.Lease;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A lease on a memo that all parts of a process share: the last to close its lease closes the memo. */
public final class SharedRedisMemo implements EmbeddingMemo {
    private static final Leases<RedisOptions, RedisMemo> LEASES = new Leases<>(RedisMemo::open, RedisMemo::close);

    private final Lease<RedisMemo> lease;

    private SharedRedisMemo(Lease<RedisMemo> lease) {
        this.lease = lease;
    }

    /**
     * Leases the process's memo of these options, and opens it for the first lease.
     *
     * @see RedisMemo#open
     */
    public static SharedRedisMemo lease(RedisOptions options) {
        return new SharedRedisMemo(LEASES.lease(options));
    }

    @Override
    public CompletableFuture<MemoAnswer> getAll(List<String> keys, int dimension) {
        return lease.value().getAll(keys, dimension);
    }

    @Override
    public CompletableFuture<Boolean> putAll(Map<String, Embedded> embedded) {
        return lease.value().putAll(embedded);
    }

    @Override
    public void close() {
        lease.close();
    }
}
