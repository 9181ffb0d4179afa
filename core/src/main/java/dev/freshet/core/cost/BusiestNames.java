package dev.freshet.core.cost;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which of very many names deserve to be counted apart: at first those that come first, then those that do the most. A name takes the place
 * of the one that did the least when it has done twice as much, so that places rarely change hands. Bounded; safe for concurrent use.
 */
public final class BusiestNames {
    /** Names that are watched, for each place. */
    private static final int WATCHED = 10;

    private final int places;
    private final Map<String, Long> done = new HashMap<>();
    private final Set<String> placed = new HashSet<>();
    private volatile long changes;

    public BusiestNames(int places) {
        this.places = places;
    }

    /** Counts what the name did, and says whether it has a place of its own from now on. */
    public synchronized boolean hasPlace(String name, long amount) {
        long all = done.merge(name, amount, Long::sum);
        if (placed.contains(name)) {
            return true;
        }
        if (placed.size() < places) {
            placed.add(name);
            return true;
        }
        String least = leastOf(placed);
        if (all > 2 * done.getOrDefault(least, 0L)) {
            placed.remove(least);
            placed.add(name);
            changes++;
            return true;
        }
        forget();
        return false;
    }

    /** The names that have a place now. */
    public synchronized Set<String> placed() {
        return Set.copyOf(placed);
    }

    /** How often a name has lost its place. */
    public long changes() {
        return changes;
    }

    private void forget() {
        if (done.size() > WATCHED * places) {
            Set<String> others = new HashSet<>(done.keySet());
            others.removeAll(placed);
            done.remove(leastOf(others));
        }
    }

    private String leastOf(Set<String> names) {
        return Collections.min(names, Comparator.comparing(name -> done.getOrDefault(name, 0L)));
    }
}
