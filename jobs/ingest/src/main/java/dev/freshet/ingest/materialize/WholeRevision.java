package dev.freshet.ingest.materialize;

import dev.freshet.core.document.Operation;
import dev.freshet.core.revision.Revision;
import org.jspecify.annotations.Nullable;

/** A patch says what it sets and nothing else: the rest is what is stored of its document. */
final class WholeRevision {
    private WholeRevision() {}

    /** The revision with all fields and the whole manifest of the document, also when it is a patch. */
    static Revision of(Revision revision, @Nullable StoredDocument stored) {
        if (revision.operation() != Operation.PATCH || revision.isOfDeleted()) {
            return revision;
        }
        if (stored == null) {
            throw new IllegalStateException("document %s was patched but is not in the state"
                    .formatted(revision.key().path()));
        }
        return revision.over(stored.fields(), stored.manifest(), stored.eventTime());
    }
}
