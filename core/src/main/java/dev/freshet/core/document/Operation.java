package dev.freshet.core.document;

/** What a change does. */
public enum Operation {
    /** Replaces the document, or creates it. */
    UPSERT,
    /** Replaces metadata, ACL or both, and leaves the text as it is. */
    PATCH,
    /** Removes the document. */
    DELETE,
    /** Removes every document of the tenant that a {@link DocumentFilter} matches. */
    DELETE_BY_FILTER
}
