package dev.freshet.core.analyze;

import java.util.Locale;

/** What somebody wants who asks. */
public enum Intent {
    /** A fact, or what is known of a subject: the passages that state it. */
    FACTUAL,
    /** A document, page or thing that the asker knows of by name: that one, first. */
    NAVIGATIONAL,
    /** How to do something: the steps. */
    PROCEDURAL,
    /** Why something fails, and what to do about it. */
    TROUBLESHOOTING;

    /** The name in profiles and responses. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
