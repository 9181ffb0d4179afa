package dev.freshet.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CutsTest {
    private static final int MINIMUM = 20;

    /** So large that nothing between two cuts is cut again. */
    private static final ChunkSize UNLIMITED = new ChunkSize(MINIMUM, Integer.MAX_VALUE / 2);

    @Property(tries = 500)
    void aCutIsTheBestPlaceWithinTheMinimumOnEitherSide(@ForAll long seed) {
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
                boolean near = Math.abs(position[j] - position[i]) < MINIMUM;
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
            int rank = random.nextInt(5) - 1;
            // Few fingerprints, so that equal atoms are common.
            atoms.add(new Atom(
                    Block.of(Block.Kind.PROSE, i, i + 1), i, i + 1, 1 + random.nextInt(12), rank, random.nextInt(6)));
        }
        return atoms;
    }
}
