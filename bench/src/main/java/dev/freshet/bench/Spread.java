package dev.freshet.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Measured values, sorted. */
final class Spread {
    private final double[] sorted;

    private Spread(double[] sorted) {
        this.sorted = sorted;
    }

    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return new Spread(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    double median() {
        return percentile(50);
    }

    /** The smallest value that is no less than this share of all values. */
    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    /** Median, and the least and greatest value in brackets, each through the same format. */
    String text(String format) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + "–" + format + ")",
                median(),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    /** Median, 95th percentile and greatest value, without decimals. */
    String percentiles() {
        return String.format(
                Locale.ROOT, "p50 %.0f  p95 %.0f  greatest %.0f", median(), percentile(95), percentile(100));
    }

    /** Every value, less so much. */
    Spread less(double amount) {
        return new Spread(Arrays.stream(sorted).map(value -> value - amount).toArray());
    }
}
