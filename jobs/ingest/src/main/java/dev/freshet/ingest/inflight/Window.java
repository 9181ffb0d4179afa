package dev.freshet.ingest.inflight;

import dev.freshet.core.document.Priority;

/** What one subtask has in flight, against what it may have; where elements wait, backfill leaves a part to live ones. */
final class Window {
    private final int places;
    private final long tokens;
    private final double liveTokens;
    private final int backfillPlaces;

    private int placesTaken;
    private int backfillPlacesTaken;
    private long liveTokensTaken;
    private long backfillTokensTaken;

    /**
     * @param places most elements
     * @param tokens most tokens where elements wait; one more element may begin while fewer are taken
     * @param liveShare of both that backfill never takes
     */
    Window(int places, long tokens, double liveShare) {
        this.places = places;
        this.tokens = tokens;
        this.liveTokens = tokens * liveShare;
        this.backfillPlaces = Math.max(1, places - (int) Math.ceil(places * liveShare));
    }

    /** Of a stage in which nobody goes first. */
    static Window of(int places) {
        return new Window(places, Long.MAX_VALUE, 0);
    }

    void enter(Claim claim) {
        count(claim, 1);
    }

    void leave(Claim claim) {
        count(claim, -1);
    }

    private void count(Claim claim, int sign) {
        placesTaken += sign;
        if (claim.priority() == Priority.LIVE) {
            liveTokensTaken += sign * claim.tokens();
            return;
        }
        backfillPlacesTaken += sign;
        backfillTokensTaken += sign * claim.tokens();
    }

    int placesTaken() {
        return placesTaken;
    }

    boolean hasPlace() {
        return placesTaken < places;
    }

    boolean hasBackfill() {
        return backfillPlacesTaken > 0;
    }

    /** Whether an element with tokens may begin before others that wait. */
    boolean isOpenTo(Priority priority) {
        boolean tokensLeft = liveTokensTaken + backfillTokensTaken < tokens;
        return hasPlace()
                && switch (priority) {
                    // However much a single backfill has: what is left to live ones stays theirs.
                    case LIVE -> tokensLeft || liveTokensTaken < liveTokens;
                    case BACKFILL ->
                        tokensLeft && backfillPlacesTaken < backfillPlaces && backfillTokensTaken < tokens - liveTokens;
                };
    }
}
