package dev.freshet.local.verify;

/** Is told how far a long step is. */
@FunctionalInterface
interface Progress {
    /**
     * Takes a step.
     *
     * @param total 0 where it is unknown
     */
    void show(long done, long total);
}
