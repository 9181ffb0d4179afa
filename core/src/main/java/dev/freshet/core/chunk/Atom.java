package dev.freshet.core.chunk;

/**
 * A part of a text that packing does not cut: a block, or a piece of a block that is too large.
 *
 * @param size what it counts toward the limits of a chunk
 * @param cutRank how well a chunk may begin here: the higher the better
 * @param fingerprint of the content: decides between places of equal rank
 */
record Atom(Block block, int start, int end, int size, int cutRank, long fingerprint) {
    /** Never begin a chunk here if it can be avoided: what belongs to the text before it, as text to its heading. */
    static final int NO_CUT = -1;

    static final int CUT_AT_WORD = 0;
    static final int CUT_AT_SENTENCE = 1;
    static final int CUT_AFTER_BLANK_LINE = 2;
    static final int CUT_AT_BLOCK = 3;

    /** Headings rank above all blocks, the outer ones higher. */
    static int cutAtHeading(int level) {
        return CUT_AT_BLOCK + Math.max(1, 7 - level);
    }

    boolean beginsSection() {
        return cutRank > CUT_AT_BLOCK;
    }

    /** Less than zero where a chunk may rather begin at the other one, zero where the two are equal as cuts. */
    int compareAsCut(Atom other) {
        int byRank = Integer.compare(cutRank, other.cutRank);
        return byRank != 0 ? byRank : Long.compareUnsigned(fingerprint, other.fingerprint);
    }

    boolean isBetterCutThan(Atom other) {
        return compareAsCut(other) > 0;
    }

    /** A 64-bit hash of the text without the white space around it: FNV-1a with a final mix. */
    static long fingerprint(String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
