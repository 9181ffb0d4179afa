package dev.freshet.core.chunk;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Decides where chunks begin, from the content around each place and never from the distance to the start of the text.
 *
 * <p>A chunk begins at an atom that is the best cut among all atoms closer than the minimum size on either
 * side. Two such atoms are at least the minimum apart, and whether one is a cut is known from its neighbourhood
 * alone: an insertion cannot move a cut that is farther away. What lies between two cuts and is larger than the
 * maximum is cut again at its best atom, and so on: that too looks at nothing outside.
 */
final class Cuts {
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
        cuts.cutLargeParts();
        cuts.cuts.set(0);
        return cuts.cuts;
    }

    private void cutAtLocalBests() {
        int[] bestBefore = bestBefore();
        int[] bestAfter = bestAfter();
        long end = position[atoms.size()];
        for (int i = 1; i < atoms.size(); i++) {
            boolean clearOfEnds = position[i] >= size.minimum() && end - position[i] >= size.minimum();
            if (clearOfEnds && atoms.get(i).cutRank() != Atom.NO_CUT && bestBefore[i] == i && bestAfter[i] == i) {
                cuts.set(i);
            }
        }
    }

    /** For every atom, the best one among it and those before it within the minimum; of equals the first. */
    private int[] bestBefore() {
        int[] best = new int[atoms.size()];
        Deque<Integer> window = new ArrayDeque<>();
        for (int i = 0; i < atoms.size(); i++) {
            while (!window.isEmpty() && atoms.get(i).isBetterCutThan(atoms.get(window.getLast()))) {
                window.removeLast();
            }
            window.addLast(i);
            while (position[i] - position[window.getFirst()] >= size.minimum()) {
                window.removeFirst();
            }
            best[i] = window.getFirst();
        }
        return best;
    }

    /** For every atom, the best one among it and those after it within the minimum; of equals the first. */
    private int[] bestAfter() {
        int[] best = new int[atoms.size()];
        Deque<Integer> window = new ArrayDeque<>();
        for (int i = atoms.size() - 1; i >= 0; i--) {
            while (!window.isEmpty() && !atoms.get(window.getLast()).isBetterCutThan(atoms.get(i))) {
                window.removeLast();
            }
            window.addLast(i);
            while (position[window.getFirst()] - position[i] >= size.minimum()) {
                window.removeFirst();
            }
            best[i] = window.getFirst();
        }
        return best;
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
