package dev.freshet.bench.contender;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cuts a sequence of changes into pieces that may be done at once: the changes of a piece are of different pages. */
final class Batches {
    private Batches() {}

    /**
     * The changes in their order.
     *
     * @param most changes of a batch
     */
    static List<List<PageChange>> of(List<PageChange> changes, int most) {
        List<List<PageChange>> batches = new ArrayList<>();
        List<PageChange> batch = new ArrayList<>();
        Set<String> pages = new HashSet<>();
        for (PageChange change : changes) {
            if (batch.size() == most || pages.contains(change.id())) {
                batches.add(List.copyOf(batch));
                batch.clear();
                pages.clear();
            }
            batch.add(change);
            pages.add(change.id());
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }
}
