package dev.freshet.core.evaluation;

/** How many ranks a measure looks at. */
final class Cutoff {
    private Cutoff() {}

    static void check(int cutoff) {
        if (cutoff < 1) {
            throw new IllegalArgumentException("a cutoff is at least 1, not " + cutoff);
        }
    }
}
