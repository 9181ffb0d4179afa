package dev.freshet.core.analyze;

import java.util.Locale;

/** How many questions a query is. */
public enum Complexity {
    /** A few words. */
    SIMPLE,
    /** One question in a sentence. */
    MODERATE,
    /** Several questions, or a comparison: no one passage may answer it. */
    COMPOUND;

    /** The name in profiles and responses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
