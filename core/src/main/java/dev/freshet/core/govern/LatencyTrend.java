package dev.freshet.core.govern;

/**
 * Whether answers take longer than they used to: the mean of the last few beside that of the last few hundred. Past the capacity of a
 * provider more requests at once wait for each other, and nothing comes sooner. Not safe for concurrent use.
 */
final class LatencyTrend {
    private static final int SOON = 10;
    private static final int LONG = 500;
    private static final double STRAINED = 2;
    private static final double OVERLOADED = 4;

    enum Verdict {
        USUAL,
        /** One should ask for no more than now. */
        STRAINED,
        /** One should ask for less. */
        OVERLOADED
    }

    private double recent;
    private double usual;
    private long seen;

    /** @param nanos that an answer took */
    Verdict add(long nanos) {
        seen++;
        // A mean of all until there are enough: the first answer, which also opens a connection, must not be the
        // measure.
        recent += (nanos - recent) / Math.min(seen, SOON);
        usual += (nanos - usual) / Math.min(seen, LONG);
        double times = recent / usual;
        if (times < STRAINED) {
            return Verdict.USUAL;
        }
        return times < OVERLOADED ? Verdict.STRAINED : Verdict.OVERLOADED;
    }
}
