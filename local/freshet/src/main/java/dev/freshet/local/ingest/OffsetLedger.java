package dev.freshet.local.ingest;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which of the produced records are accounted for. A replay reports an outcome twice, so both are sets. */
public final class OffsetLedger {

    private record Partition(long base, BitSet produced, BitSet settled) {}

    private final List<Partition> partitions = new ArrayList<>();
    private long produced;
    private long accounted;

    /**
     * Starts empty.
     *
     * @param bases the first offset of each partition that can belong to this run
     */
    public OffsetLedger(List<Long> bases) {
        bases.forEach(base -> partitions.add(new Partition(base, new BitSet(), new BitSet())));
    }

    public synchronized void produced(int partition, long offset) {
        Partition at = partitions.get(partition);
        at.produced.set(Math.toIntExact(offset - at.base));
        produced++;
    }

    /** Whether a record of this run lies there. */
    public synchronized boolean isOurs(int partition, long offset) {
        if (partition < 0 || partition >= partitions.size() || offset < partitions.get(partition).base) {
            return false;
        }
        Partition at = partitions.get(partition);
        long bit = offset - at.base;
        return bit <= Integer.MAX_VALUE && at.produced.get((int) bit);
    }

    /** Whether a record of this run lies there that has no outcome. */
    public synchronized boolean isUnsettled(int partition, long offset) {
        if (!isOurs(partition, offset)) {
            return false;
        }
        Partition at = partitions.get(partition);
        return !at.settled.get(Math.toIntExact(offset - at.base));
    }

    /** Enters the outcome of a record of this run; says whether it is the first. */
    public synchronized boolean settled(int partition, long offset) {
        Partition at = partitions.get(partition);
        int bit = Math.toIntExact(offset - at.base);
        if (at.settled.get(bit)) {
            return false;
        }
        at.settled.set(bit);
        accounted++;
        return true;
    }

    public synchronized long produced() {
        return produced;
    }

    public synchronized long accounted() {
        return accounted;
    }
}
