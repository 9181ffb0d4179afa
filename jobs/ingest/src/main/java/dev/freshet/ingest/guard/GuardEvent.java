package dev.freshet.ingest.guard;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.Operation;
import java.util.List;

/**
 * A change on its way through the guard.
 *
 * @param facets of the metadata that an upsert or a patch brings; else empty
 */
public record GuardEvent(DocumentChange change, List<String> facets) {
    public GuardEvent {
        facets = facets == null ? List.of() : facets;
    }

    public String tenant() {
        return change.tenant();
    }

    String documentId() {
        return change.documentId();
    }

    Operation operation() {
        return change.operation();
    }

    long fence() {
        return change.order().fence();
    }

    /** Whether a patch leaves the metadata as it is, and so what filters match. */
    boolean leavesMetadata() {
        return change.patch() != null && change.patch().metadata() == null;
    }
}
