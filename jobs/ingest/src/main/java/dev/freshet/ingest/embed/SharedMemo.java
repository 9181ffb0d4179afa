package dev.freshet.ingest.embed;

import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.VectorMemo;
import java.util.HashMap;
import java.util.Map;

/** A lease on what all subtasks of the process remember of the chunks that they embedded: the last to close its lease drops it. */
final class SharedMemo implements AutoCloseable {
    private record Key(ModelIdentity model, long bytes) {}

    private static final class Shared {
        final VectorMemo vectors;
        final RecentChunks recent = new RecentChunks();
        int leases;

        Shared(long bytes) {
            vectors = new VectorMemo(bytes);
        }
    }

    private static final Map<Key, Shared> OPEN = new HashMap<>();

    private final Key key;
    private final Shared shared;
    private boolean closed;

    private SharedMemo(Key key, Shared shared) {
        this.key = key;
        this.shared = shared;
    }

    /** @param bytes that vectors may take */
    static SharedMemo lease(ModelIdentity model, long bytes) {
        Key key = new Key(model, bytes);
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(key, absent -> new Shared(bytes));
            shared.leases++;
            return new SharedMemo(key, shared);
        }
    }

    VectorMemo vectors() {
        return shared.vectors;
    }

    RecentChunks recent() {
        return shared.recent;
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            if (!closed) {
                closed = true;
                if (--shared.leases == 0) {
                    OPEN.remove(key);
                }
            }
        }
    }
}
