package dev.freshet.core.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which legs a search may run. */
public enum SearchMode {
    HYBRID(List.of(Leg.VECTOR, Leg.KEYWORD, Leg.METADATA)),
    VECTOR(List.of(Leg.VECTOR)),
    KEYWORD(List.of(Leg.KEYWORD));

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<Leg> legs;

    SearchMode(List<Leg> legs) {
        this.legs = legs;
    }

    public List<Leg> legs() {
        return legs;
    }

    /** The names of all modes in requests and responses. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(SearchMode::label).toList();
    }

    /** The name in requests and responses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
