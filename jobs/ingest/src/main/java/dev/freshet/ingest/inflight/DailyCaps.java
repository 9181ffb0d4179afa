package dev.freshet.ingest.inflight;

import dev.freshet.core.fair.DailyLedger;
import dev.freshet.core.fair.DailyLedger.Answer;
import dev.freshet.core.fair.DaySpend;
import dev.freshet.core.fair.TenantAmounts;
import dev.freshet.core.lease.Leases;
import dev.freshet.core.lease.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subtask's part in what tenants may have of a stage on a UTC day. The subtasks of an attempt in one process share theirs; those of
 * several processes cannot, and each process has its part of the cap.
 */
final class DailyCaps implements AutoCloseable {
    /** @param attempt of the subtasks; those of an attempt before may not be gone yet */
    private record Key(String job, int attempt, TenantAmounts caps, int subtasks) {}

    private static final Logger LOG = LoggerFactory.getLogger(DailyCaps.class);
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Leases<Key, DailyLedger> LEASES =
            new Leases<>(key -> new DailyLedger(key.caps(), key.subtasks()));

    private final TenantAmounts caps;
    private final LongSupplier clock;
    private final Lease<DailyLedger> ledger;
    private final DailyLedger.Part part;

    /**
     * @param clock in milliseconds since 1970
     * @param before what all subtasks had charged when their state was written
     * @param freed is told, on any thread, when those may go in that could not
     */
    DailyCaps(RuntimeContext context, TenantAmounts caps, LongSupplier clock, List<DaySpend> before, Runnable freed) {
        this.caps = caps;
        this.clock = clock;
        int subtasks = context.getTaskInfo().getNumberOfParallelSubtasks();
        ledger = LEASES.lease(new Key(
                context.getJobInfo().getJobId().toHexString(),
                context.getTaskInfo().getAttemptNumber(),
                caps,
                subtasks));
        part = ledger.value().join(context.getTaskInfo().getIndexOfThisSubtask(), today(), before, freed);
    }

    private long today() {
        return Math.floorDiv(clock.getAsLong(), DAY);
    }

    /** When the next day begins, in milliseconds since 1970. */
    long midnight() {
        return (today() + 1) * DAY;
    }

    private boolean isCapped(Claim claim) {
        return claim.tokens() > 0 && caps.of(claim.tenant()) > 0;
    }

    /** Whether the tenant's cap of today has as much left; then it is reserved. */
    boolean reserve(Claim claim) {
        if (!isCapped(claim)) {
            return true;
        }
        Answer answer = part.reserve(claim.tenant(), claim.tokens(), today());
        if (answer == Answer.FIRST_REFUSED) {
            LOG.warn(
                    "The daily cap of tokens was reached: tenant={} cap={} waits-until={}",
                    claim.tenant(),
                    caps.of(claim.tenant()),
                    Instant.ofEpochMilli(midnight()));
        }
        return answer == Answer.GRANTED;
    }

    /** One is in flight again that was in flight when the state was written. */
    void resume(Claim claim) {
        if (isCapped(claim)) {
            part.resume(claim.tenant(), claim.tokens());
        }
    }

    /** One has ended that had reserved what it claims. */
    void settle(Claim claim, long used) {
        if (isCapped(claim)) {
            part.settle(claim.tenant(), claim.tokens(), used, today());
        }
    }

    /** A new day may have begun. */
    void look() {
        part.look(today());
    }

    List<DaySpend> charged() {
        return part.charged();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
