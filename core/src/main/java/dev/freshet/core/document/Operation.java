package dev.freshet.core.document;

/** What a change does to its document. */
public enum Operation {
    UPSERT,
    DELETE
}
