package dev.freshet.ingest.embed;

import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.govern.Governor;
import dev.freshet.core.govern.GovernorLimits;
import dev.freshet.core.govern.Timer;
import dev.freshet.core.lease.Leases;
import dev.freshet.core.lease.Leases.Lease;

/**
 * A subtask's part in the governor that all subtasks of the job in this process share. The limits are those of the whole job: a process
 * takes the part of them that its subtasks are of all, so that every process keeps them without asking the others.
 */
final class SharedGovernor implements AutoCloseable {
    private record Key(String job, ModelIdentity model, GovernorLimits limits) {}

    private static final Leases<Key, Governor> LEASES =
            new Leases<>(key -> new Governor(key.limits(), Timer.system("embed-governor")), Governor::close);

    private final Lease<Governor> lease;
    private final int subtasks;
    private boolean closed;

    private SharedGovernor(Lease<Governor> lease, int subtasks) {
        this.lease = lease;
        this.subtasks = subtasks;
    }

    /** @param subtasks of the whole job */
    static SharedGovernor join(String job, ModelIdentity model, GovernorLimits limits, int subtasks) {
        SharedGovernor shared = new SharedGovernor(LEASES.lease(new Key(job, model, limits)), subtasks);
        shared.governor().join(subtasks);
        return shared;
    }

    Governor governor() {
        return lease.value();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            governor().leave(subtasks);
            lease.close();
        }
    }
}
