package dev.freshet.core.revision;

/** How a document's next change is judged. */
public sealed interface Decision {
    /** The change is newer: the index must follow it. */
    record Accepted(Revision revision, DocumentState next) implements Decision {}

    /** Nothing in the index changes; the state may move on to a newer version, or remember a patch. */
    record Unchanged(DocumentState next) implements Decision {}

    /** All that the change says was said by newer changes before. */
    record Superseded() implements Decision {}

    /** Two different changes claim the same version: there is no telling which is right. */
    record Conflicting(String message) implements Decision {}

    /**
     * The index will never follow the change, whatever comes.
     *
     * @param reason a stable code
     */
    record Refused(String reason, String message) implements Decision {}
}
