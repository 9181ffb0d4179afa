package dev.freshet.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CutsTest {
    private static final int MINIMUM = 20;
    private static final int TARGET = 60;

    /** So large that nothing between two cuts is cut again. */
    private static final ChunkSize UNLIMITED = new ChunkSize(MINIMUM, TARGET, Integer.MAX_VALUE / 2);

    @Property(tries = 500)
    void aCutIsTheBestPlaceWithinItsReachOnEitherSide(@ForAll long seed) {
        List<Atom> atoms = atoms(new Random(seed));

        assertThat(Cuts.of(atoms, UNLIMITED)).isEqualTo(byDefinition(atoms));
    }

    @Property(tries = 500)
    void cutsAreAtLeastTheMinimumApart(@ForAll long seed) {
        List<Atom> atoms = atoms(new Random(seed));
        BitSet cuts = Cuts.of(atoms, UNLIMITED);

        int size = 0;
        for (int i = 1; i < atoms.size(); i++) {
            size += atoms.get(i - 1).size();
            if (cuts.get(i)) {
                assertThat(size).isGreaterThanOrEqualTo(MINIMUM);
                size = 0;
            }
        }
    }

    @Property(tries = 500)
    void aLargePartIsCutAtItsBestPlaceAndOfEqualsNearestToTheMiddleButNotNeedlessly(@ForAll long seed) {
        List<Atom> atoms = atoms(new Random(seed));
        ChunkSize size = new ChunkSize(MINIMUM, TARGET, TARGET);
        BitSet expected = Cuts.of(atoms, UNLIMITED);
        for (int from = 0, to; from < atoms.size(); from = to) {
            to = end(expected, from, atoms.size());
            cutByDefinition(atoms, size, from, to, expected);
        }
        BitSet localBests = Cuts.of(atoms, UNLIMITED);
        OptionalInt needless = weakestNeedless(atoms, size, localBests, expected);
        while (needless.isPresent()) {
            expected.clear(needless.getAsInt());
            needless = weakestNeedless(atoms, size, localBests, expected);
        }

        assertThat(Cuts.of(atoms, size)).isEqualTo(expected);
    }

    @Property(tries = 500)
    void noTwoPiecesSideBySideOfALargePartFitIntoOneChunk(@ForAll long seed) {
        List<Atom> atoms = atoms(new Random(seed));
        ChunkSize size = new ChunkSize(MINIMUM, TARGET, TARGET);
        BitSet localBests = Cuts.of(atoms, UNLIMITED);
        BitSet cuts = Cuts.of(atoms, size);

        for (int cut = cuts.nextSetBit(1); cut >= 0; cut = cuts.nextSetBit(cut + 1)) {
            if (!localBests.get(cut)) {
                assertThat(sizeOf(atoms, cuts.previousSetBit(cut - 1), end(cuts, cut, atoms.size())))
                        .isGreaterThan(size.maximum());
            }
        }
    }

    /** Sorted by what makes a place good, every part is cut at its very end: looking at all of it each time would never end. */
    @Test
    void atomsInTheOrderOfTheirFingerprintsTakeNoMoreLooksThanOthers() {
        int count = 20_000;
        AtomicLong looks = new AtomicLong();
        List<Atom> atoms = new AbstractList<>() {
            @Override
            public Atom get(int i) {
                looks.incrementAndGet();
                return new Atom(Block.of(BlockType.PARAGRAPH, i, i + 1), i, i + 1, 1, Atom.CUT_AT_BLOCK, i);
            }

            @Override
            public int size() {
                return count;
            }
        };

        BitSet cuts = Cuts.of(atoms, new ChunkSize(MINIMUM, 2 * MINIMUM));

        assertThat(cuts.cardinality()).isBetween(count / (2 * MINIMUM), count / MINIMUM);
        assertThat(looks).hasValueLessThan(50L * count);
    }

    /** Of the cuts inside of large parts that could be left out, the weakest; of equals the first. */
    private static OptionalInt weakestNeedless(List<Atom> atoms, ChunkSize size, BitSet localBests, BitSet cuts) {
        return cuts.stream()
                .filter(cut -> !localBests.get(cut))
                .filter(cut ->
                        sizeOf(atoms, cuts.previousSetBit(cut - 1), end(cuts, cut, atoms.size())) <= size.maximum())
                .reduce((one, other) -> atoms.get(one).isBetterCutThan(atoms.get(other)) ? other : one);
    }

    private static int end(BitSet cuts, int from, int size) {
        int next = cuts.nextSetBit(from + 1);
        return next < 0 ? size : next;
    }

    /** The definition, in the most obvious way. */
    private static void cutByDefinition(List<Atom> atoms, ChunkSize size, int from, int to, BitSet cuts) {
        int total = sizeOf(atoms, from, to);
        if (total <= size.maximum() || to - from < 2) {
            return;
        }
        int middle = (sizeOf(atoms, 0, from) + sizeOf(atoms, 0, to)) / 2;
        Comparator<Integer> better = Comparator.<Integer, Boolean>comparing(
                        i -> sizeOf(atoms, from, i) >= size.minimum() && sizeOf(atoms, i, to) >= size.minimum())
                .thenComparing((i, j) -> Boolean.compare(
                        atoms.get(i).isBetterCutThan(atoms.get(j)), atoms.get(j).isBetterCutThan(atoms.get(i))))
                .thenComparingInt(i -> -Math.abs(sizeOf(atoms, 0, i) - middle))
                .thenComparing(Comparator.reverseOrder());
        int cut = IntStream.range(from + 1, to).boxed().max(better).orElseThrow();
        cuts.set(cut);
        cutByDefinition(atoms, size, from, cut, cuts);
        cutByDefinition(atoms, size, cut, to, cuts);
    }

    private static int sizeOf(List<Atom> atoms, int from, int to) {
        return atoms.subList(from, to).stream().mapToInt(Atom::size).sum();
    }

    /** The definition, in the most obvious way. */
    private static BitSet byDefinition(List<Atom> atoms) {
        long[] position = new long[atoms.size() + 1];
        for (int i = 0; i < atoms.size(); i++) {
            position[i + 1] = position[i] + atoms.get(i).size();
        }
        BitSet cuts = new BitSet();
        cuts.set(0);
        for (int i = 1; i < atoms.size(); i++) {
            Atom atom = atoms.get(i);
            boolean best = atom.cutRank() != Atom.NO_CUT
                    && position[i] >= MINIMUM
                    && position[atoms.size()] - position[i] >= MINIMUM;
            for (int j = 0; j < atoms.size() && best; j++) {
                int reach = atom.cutRank() > Atom.CUT_AT_BLOCK ? MINIMUM : TARGET / 2;
                boolean near = Math.abs(position[j] - position[i]) < reach;
                boolean firstOfEquals = j < i && !atom.isBetterCutThan(atoms.get(j));
                best = !near || j == i || !(atoms.get(j).isBetterCutThan(atom) || firstOfEquals);
            }
            if (best) {
                cuts.set(i);
            }
        }
        return cuts;
    }

    private static List<Atom> atoms(Random random) {
        List<Atom> atoms = new ArrayList<>();
        int count = 1 + random.nextInt(80);
        for (int i = 0; i < count; i++) {
            int rank = random.nextInt(8) - 1;
            // Few fingerprints, so that equal atoms are common.
            atoms.add(new Atom(
                    Block.of(BlockType.PARAGRAPH, i, i + 1),
                    i,
                    i + 1,
                    1 + random.nextInt(12),
                    rank,
                    random.nextInt(6)));
        }
        return atoms;
    }
}
