package dev.freshet.core.govern;

/**
 * How a governor stands.
 *
 * @param waiting requests that may not leave yet
 * @param underWay requests that have left and were not answered yet
 * @param places requests that may be under way at once
 * @param broken whether nothing leaves but one request that tries, because the provider fails
 * @param throttled requests so far that were too many
 * @param failed requests so far without an answer that could be used
 * @param repeated requests so far that were sent again
 * @param tokenRatio tokens that the provider counts for one of ours
 */
public record GovernorStatus(
        int waiting,
        int underWay,
        int places,
        boolean broken,
        long throttled,
        long failed,
        long repeated,
        double tokenRatio) {}
