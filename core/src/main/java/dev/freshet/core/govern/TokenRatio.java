package dev.freshet.core.govern;

/**
 * How many tokens of the provider an estimated token is, learned from its answers: its tokenizer is not ours. Not safe for concurrent use.
 */
final class TokenRatio {
    private static final double NEWEST = 0.05;
    /** Whatever one answer says: a wrong count must not stop everything, nor let everything through. */
    private static final double LEAST = 0.1;

    private static final double MOST = 10;

    private double ratio = 1;

    /** What to reckon with before the answer. */
    long charge(long estimate) {
        return Math.max(1, Math.round(estimate * ratio));
    }

    void learn(long estimate, long used) {
        double seen = Math.clamp((double) used / Math.max(1, estimate), LEAST, MOST);
        ratio += (seen - ratio) * NEWEST;
    }

    double value() {
        return ratio;
    }
}
