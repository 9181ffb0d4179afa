package dev.freshet.core.analyze;

import java.util.Locale;

/** What time has to do with the answer. */
public enum TimeRelevance {
    /** Nothing that the query says. */
    NONE,
    /** The query asks for what is new: newer passages are better ones. */
    RECENT,
    /** The query names a time: newer is not better. */
    PERIOD;

    /** The name in profiles and responses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
