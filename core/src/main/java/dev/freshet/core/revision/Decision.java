package dev.freshet.core.revision;

/** How a document's next change is judged. */
public sealed interface Decision {
    /** The change is newer: the index must follow it. */
    record Accepted(Revision revision, DocumentState next) implements Decision {}

    /** The index holds this already; the state may move on to a newer version. */
    record Unchanged(DocumentState next) implements Decision {}

    /** A newer change was accepted before. */
    record Superseded() implements Decision {}

    /** Two different changes claim the same version: there is no telling which is right. */
    record Conflicting(String message) implements Decision {}
}
