package dev.freshet.core.document;

/**
 * The place of a change in the order of its document's changes: by epoch, then by version.
 *
 * <p>An epoch is the way back from a version that was too high by mistake: one change with the next epoch
 * comes after all versions of the epochs before.
 *
 * @param epoch from 0 up to, not including, {@value #EPOCH_LIMIT}
 * @param version from 0 up to, not including, 2^53, the integers that every JSON reader keeps exact
 */
public record ChangeOrder(long epoch, long version) implements Comparable<ChangeOrder> {
    public static final long EPOCH_LIMIT = 1L << 10;
    public static final long VERSION_LIMIT = 1L << 53;

    public ChangeOrder {
        if (epoch < 0 || epoch >= EPOCH_LIMIT) {
            throw new IllegalArgumentException(
                    "epoch must be from 0 to %d, but is %d".formatted(EPOCH_LIMIT - 1, epoch));
        }
        if (version < 0 || version >= VERSION_LIMIT) {
            throw new IllegalArgumentException(
                    "version must be from 0 to %d, but is %d".formatted(VERSION_LIMIT - 1, version));
        }
    }

    /**
     * The order as one number, used as the external version in the index. It depends on the change alone, so
     * a replay of the log writes with the same fences, whatever state the job starts from.
     */
    public long fence() {
        return epoch << 53 | version;
    }

    /** The order that has this {@link #fence()}. */
    public static ChangeOrder ofFence(long fence) {
        return new ChangeOrder(fence >>> 53, fence & (VERSION_LIMIT - 1));
    }

    @Override
    public int compareTo(ChangeOrder other) {
        return Long.compare(fence(), other.fence());
    }
}
