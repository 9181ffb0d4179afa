package dev.freshet.local.verify;

import dev.freshet.core.verify.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts differences, and keeps the first of them. */
final class Findings implements Consumer<Difference> {
    private final int limit;
    private final List<Difference> first = new ArrayList<>();
    private final Map<String, Long> differences = new TreeMap<>();
    private final Map<String, Long> warnings = new TreeMap<>();

    /** @param limit of differences, and of warnings, that are kept */
    Findings(int limit) {
        this.limit = limit;
    }

    @Override
    public void accept(Difference difference) {
        Map<String, Long> counts = difference.warning() ? warnings : differences;
        if (total(counts) < limit) {
            first.add(difference);
        }
        counts.merge(name(difference), 1L, Long::sum);
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    static String name(Difference difference) {
        return difference.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The first differences, then the first warnings. */
    List<Difference> first() {
        List<Difference> sorted = new ArrayList<>();
        first.stream().filter(difference -> !difference.warning()).forEach(sorted::add);
        first.stream().filter(Difference::warning).forEach(sorted::add);
        return sorted;
    }

    Map<String, Long> differences() {
        return differences;
    }

    Map<String, Long> warnings() {
        return warnings;
    }
}
