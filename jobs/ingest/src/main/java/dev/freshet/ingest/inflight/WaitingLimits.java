package dev.freshet.ingest.inflight;

import dev.freshet.core.fair.TenantAmounts;
import java.io.Serializable;

/**
 * Who goes first into an asynchronous stage, and how many may wait.
 *
 * @param weights of the tenants; where all have the same, nobody waits while there is no backfill
 * @param dailyTokens most tokens of a tenant on a UTC day; 0 for no cap
 * @param liveShare of the places and tokens in flight that backfill never takes; from 0 to below 1
 * @param changes most that wait, of one subtask
 * @param bytes most bytes that wait, of one subtask, estimated
 * @param tokensInFlight most tokens of one subtask that have begun while others wait; a larger element goes alone
 */
public record WaitingLimits(
        TenantAmounts weights,
        TenantAmounts dailyTokens,
        double liveShare,
        int changes,
        long bytes,
        long tokensInFlight)
        implements Serializable {
    /** Whether elements wait their turn although none of them is backfill. */
    boolean always() {
        return !weights.areSame() || !dailyTokens.all(cap -> cap == 0);
    }
}
