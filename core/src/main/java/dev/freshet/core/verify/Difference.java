package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentKey;
import org.jspecify.annotations.Nullable;

/**
 * One way in which the index is not the fold of the log.
 *
 * @param chunkId of the chunk that it is about; null where it is about the document
 * @param chunkFence the external version of that chunk in the index; 0 where it is not there
 * @param words what is different, for a person; never document text
 * @param unsettled whether a change of the document has no outcome yet, so that it may be on its way
 */
public record Difference(
        Kind kind, DocumentKey document, @Nullable String chunkId, long chunkFence, String words, boolean unsettled) {

    /** What is different. */
    public enum Kind {
        MISSING_DOCUMENT,
        UNEXPECTED_DOCUMENT,
        OTHER_VERSION,
        OTHER_FIELDS,
        OTHER_MANIFEST,
        MISSING_CHUNK,
        OTHER_TEXT,
        OTHER_CHUNK_FIELDS,
        ORPHAN_CHUNK,
        /** A warning: a model may refuse a text, which is then found by its words only. */
        WITHOUT_VECTOR
    }

    /** Whether the index can be right all the same. */
    public boolean warning() {
        return kind == Kind.WITHOUT_VECTOR;
    }

    /** The difference as one line. */
    public String line() {
        return document.path() + " " + words + (chunkId == null ? "" : ": " + chunkId)
                + (unsettled ? " (a change of it has no outcome yet)" : "");
    }
}
