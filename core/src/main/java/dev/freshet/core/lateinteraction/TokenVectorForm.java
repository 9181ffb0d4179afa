package dev.freshet.core.lateinteraction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is kept of the vectors of a passage's tokens. */
public enum TokenVectorForm {
    /** Nothing. */
    OFF,
    /** One bit per dimension of every token. */
    BITS,
    /** One bit per dimension of every two neighbouring tokens, of their mean. */
    PAIRS;

    /** The form of that {@link #label}. */
    public static TokenVectorForm of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** The names on a command line. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(TokenVectorForm::label).toList();
    }

    /** The name on a command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
