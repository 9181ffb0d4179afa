package dev.freshet.ingest.embed;

import dev.freshet.core.cost.BusiestNames;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.VectorMemo;
import dev.freshet.core.lease.Leases;
import dev.freshet.core.lease.Leases.Lease;

/**
 * What all subtasks of the process remember of the chunks that they embedded.
 *
 * @param recent the keys of chunks that came lately
 * @param tenants whose costs are counted apart
 */
record SharedMemo(VectorMemo vectors, RecentChunks recent, BusiestNames tenants) {
    private static final int TENANTS_APART = 100;

    private record Key(ModelIdentity model, long bytes) {}

    private static final Leases<Key, SharedMemo> LEASES = new Leases<>(
            key -> new SharedMemo(new VectorMemo(key.bytes()), new RecentChunks(), new BusiestNames(TENANTS_APART)));

    /** @param bytes that vectors may take */
    static Lease<SharedMemo> lease(ModelIdentity model, long bytes) {
        return LEASES.lease(new Key(model, bytes));
    }
}
