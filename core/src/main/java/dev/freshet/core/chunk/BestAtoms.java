package dev.freshet.core.chunk;

import java.util.List;

/** Finds the best atom of any range without looking at all of it: a tree of the best atoms of ranges half as long. */
final class BestAtoms {
    private static final int NONE = -1;

    private final List<Atom> atoms;
    /** Of the atoms below a node, the first and the last that no other is better than; the leaves are the upper half. */
    private final int[] first;

    private final int[] last;

    BestAtoms(List<Atom> atoms) {
        this.atoms = atoms;
        int size = atoms.size();
        first = new int[2 * size];
        last = new int[2 * size];
        for (int i = 0; i < size; i++) {
            first[size + i] = i;
            last[size + i] = i;
        }
        for (int node = size - 1; node > 0; node--) {
            first[node] = firstOf(first[2 * node], first[2 * node + 1]);
            last[node] = lastOf(last[2 * node], last[2 * node + 1]);
        }
    }

    /** The first of the best atoms from one index up to, not including, another; negative when there is none. */
    int first(int from, int to) {
        int left = NONE;
        int right = NONE;
        for (int low = from + atoms.size(), high = to + atoms.size(); low < high; low /= 2, high /= 2) {
            if (low % 2 == 1) {
                left = firstOf(left, first[low++]);
            }
            if (high % 2 == 1) {
                right = firstOf(first[--high], right);
            }
        }
        return firstOf(left, right);
    }

    /** The last of the best atoms from one index up to, not including, another; negative when there is none. */
    int last(int from, int to) {
        int left = NONE;
        int right = NONE;
        for (int low = from + atoms.size(), high = to + atoms.size(); low < high; low /= 2, high /= 2) {
            if (low % 2 == 1) {
                left = lastOf(left, last[low++]);
            }
            if (high % 2 == 1) {
                right = lastOf(last[--high], right);
            }
        }
        return lastOf(left, right);
    }

    private int firstOf(int left, int right) {
        return left == NONE || (right != NONE && isBetter(right, left)) ? right : left;
    }

    private int lastOf(int left, int right) {
        return right == NONE || (left != NONE && isBetter(left, right)) ? left : right;
    }

    private boolean isBetter(int one, int other) {
        return atoms.get(one).isBetterCutThan(atoms.get(other));
    }
}
