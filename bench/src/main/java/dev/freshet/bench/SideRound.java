package dev.freshet.bench;

/**
 * What one side took for one piece of work.
 *
 * @param changes pages loaded, or changes followed
 * @param chunks that were embedded
 * @param tokens of them, special tokens included
 * @param cpuSeconds of all processes that took part
 * @param indexed chunks that a search sees afterwards
 * @param due chunks that the pages' newest texts have
 */
record SideRound(int changes, double seconds, long chunks, long tokens, double cpuSeconds, long indexed, long due) {
    double changesPerSecond() {
        return changes / seconds;
    }

    double tokensPerSecond() {
        return tokens / seconds;
    }

    double tokensOfAChunk() {
        return (double) tokens / chunks;
    }

    double cpuMillisOfAChange() {
        return cpuSeconds * 1e3 / changes;
    }

    /** Chunks of texts that are no more; negative where some are missing. */
    long surplus() {
        return indexed - due;
    }
}
