package dev.freshet.core.govern;

import java.io.Serializable;

/**
 * What a provider allows.
 *
 * @param requestsPerMinute 0 for no limit
 * @param tokensPerMinute 0 for no limit
 * @param adaptive whether it is found by trying how many requests it bears at once; otherwise their sender knows
 */
public record GovernorLimits(long requestsPerMinute, long tokensPerMinute, boolean adaptive) implements Serializable {
    /** No limit. */
    public static final GovernorLimits NONE = new GovernorLimits(0, 0, false);
}
