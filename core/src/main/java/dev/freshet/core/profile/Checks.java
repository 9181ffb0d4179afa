package dev.freshet.core.profile;

import java.util.List;
import java.util.Locale;

/** Bounds of numbers. */
final class Checks {
    private Checks() {}

    static void range(String where, double value, double least, double most, List<String> problems) {
        if (!(value >= least && value <= most)) {
            problems.add(
                    String.format(Locale.ROOT, "%s: must be a number from %s to %s", where, plain(least), plain(most)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
