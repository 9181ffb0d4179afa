package dev.freshet.core.chunk;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Decides where chunks begin, from the content around each place and never from the distance to the start of the text.
 *
 * <p>A chunk begins at an atom that is the best cut among all atoms within its reach on either side: half the target, or
 * the minimum for a heading. Two such atoms are at least the minimum apart, and whether one is a cut is known from its
 * neighbourhood alone: an insertion cannot move a cut that is farther away. What lies between two cuts and is larger than
 * the maximum is cut again at its best atom, and so on, but no more often than it must: that too looks at nothing outside.
 */
final class Cuts {
    private static final int NONE = -1;

    private final List<Atom> atoms;
    private final ChunkSize size;
    /** {@code position[i]}: the size of all atoms before atom i. */
    private final long[] position;

    private final BitSet cuts = new BitSet();

    private Cuts(List<Atom> atoms, ChunkSize size) {
        this.atoms = atoms;
        this.size = size;
        this.position = new long[atoms.size() + 1];
        for (int i = 0; i < atoms.size(); i++) {
            position[i + 1] = position[i] + atoms.get(i).size();
        }
    }

    /** The indexes of the atoms at which a chunk begins; the first atom is always one. */
    static BitSet of(List<Atom> atoms, ChunkSize size) {
        Cuts cuts = new Cuts(atoms, size);
        cuts.cutAtLocalBests();
        BitSet localBests = (BitSet) cuts.cuts.clone();
        cuts.cutLargeParts();
        cuts.dropNeedless(localBests);
        cuts.cuts.set(0);
        return cuts.cuts;
    }

    private void cutAtLocalBests() {
        int[] betterBefore = betterBefore();
        int[] betterAfter = betterAfter();
        long end = position[atoms.size()];
        for (int i = 1; i < atoms.size(); i++) {
            Atom atom = atoms.get(i);
            long reach = atom.beginsSection() ? size.minimum() : size.reach();
            boolean best = atom.cutRank() != Atom.NO_CUT
                    && position[i] >= size.minimum()
                    && end - position[i] >= size.minimum()
                    && (betterBefore[i] < 0 || position[i] - position[betterBefore[i]] >= reach)
                    && (betterAfter[i] < 0 || position[betterAfter[i]] - position[i] >= reach);
            if (best) {
                cuts.set(i);
            }
        }
    }

    /** For every atom, the nearest one before it that is as good or better; negative where there is none. */
    private int[] betterBefore() {
        int[] better = new int[atoms.size()];
        for (int i = 0; i < atoms.size(); i++) {
            int candidate = i - 1;
            while (candidate >= 0 && atoms.get(i).isBetterCutThan(atoms.get(candidate))) {
                candidate = better[candidate];
            }
            better[i] = candidate;
        }
        return better;
    }

    /** For every atom, the nearest one after it that is better; negative where there is none. */
    private int[] betterAfter() {
        int[] better = new int[atoms.size()];
        for (int i = atoms.size() - 1; i >= 0; i--) {
            int candidate = i + 1 < atoms.size() ? i + 1 : NONE;
            while (candidate >= 0 && !atoms.get(candidate).isBetterCutThan(atoms.get(i))) {
                candidate = better[candidate];
            }
            better[i] = candidate;
        }
        return better;
    }

    private void cutLargeParts() {
        Deque<int[]> parts = new ArrayDeque<>();
        int from = 0;
        for (int to = cuts.nextSetBit(1); to >= 0; to = cuts.nextSetBit(to + 1)) {
            parts.add(new int[] {from, to});
            from = to;
        }
        parts.add(new int[] {from, atoms.size()});
        BestAtoms bestAtoms = new BestAtoms(atoms);
        while (!parts.isEmpty()) {
            int[] part = parts.removeFirst();
            if (position[part[1]] - position[part[0]] <= size.maximum() || part[1] - part[0] < 2) {
                continue;
            }
            int cut = bestInside(part[0], part[1], bestAtoms);
            cuts.set(cut);
            parts.addFirst(new int[] {cut, part[1]});
            parts.addFirst(new int[] {part[0], cut});
        }
    }

    /**
     * Takes cuts inside of large parts back, the weakest first, where the two pieces together are not too large. So no two
     * pieces side by side fit into one chunk, and an edit that makes a large part small enough joins few.
     */
    private void dropNeedless(BitSet localBests) {
        BitSet inside = (BitSet) cuts.clone();
        inside.andNot(localBests);
        List<Integer> weakestFirst = inside.stream()
                .boxed()
                .sorted((one, other) -> atoms.get(one).compareAsCut(atoms.get(other)))
                .toList();
        for (int cut : weakestFirst) {
            int before = Math.max(0, cuts.previousSetBit(cut - 1));
            int next = cuts.nextSetBit(cut + 1);
            int after = next < 0 ? atoms.size() : next;
            if (position[after] - position[before] <= size.maximum()) {
                cuts.clear(cut);
            }
        }
    }

    /** The best atom to cut a part at, clear of its ends where possible; of equals the one nearest to the middle. */
    private int bestInside(int from, int to, BestAtoms bestAtoms) {
        int clearFrom = firstAt(position[from] + size.minimum(), from + 1, to);
        int clearTo = firstAt(position[to] - size.minimum() + 1, from + 1, to);
        boolean anyClear = clearFrom < clearTo;
        int low = anyClear ? clearFrom : from + 1;
        int high = anyClear ? clearTo : to;
        long middle = (position[from] + position[to]) / 2;
        int split = firstAt(middle + 1, low, high);
        int before = bestAtoms.last(low, split);
        int after = bestAtoms.first(split, high);
        if (before < 0 || after < 0) {
            return Math.max(before, after);
        }
        boolean afterIsNearer = position[after] - middle < middle - position[before];
        boolean afterIsBetter = atoms.get(after).isBetterCutThan(atoms.get(before))
                || (afterIsNearer && !atoms.get(before).isBetterCutThan(atoms.get(after)));
        return afterIsBetter ? after : before;
    }

    /** The first atom from one index up to another that begins at this position or after it; the latter index if none does. */
    private int firstAt(long least, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (position[middle] < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
