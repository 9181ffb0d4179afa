package dev.freshet.core.search;

import java.util.Locale;

/** What every document has beside its metadata and can be filtered by. */
public enum DocumentField {
    DOCUMENT_ID,
    CONTENT_TYPE,
    LANGUAGE;

    /** As the index names it; requests put a {@code $} before. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
