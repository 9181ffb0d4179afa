package dev.freshet.ingest.guard;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guard has to know of a change: little of an upsert or a patch, which itself goes another way, and all of a delete.
 *
 * @param documentId empty for a delete by filter
 * @param fence the change's place in the order of changes
 * @param facets of the metadata that an upsert or a patch brings; empty for a delete
 * @param change a delete or a delete by filter; null for an upsert or a patch
 */
public record GuardEvent(
        String tenant,
        String documentId,
        Operation operation,
        long fence,
        List<String> facets,
        @Nullable DocumentChange change) {
    public GuardEvent {
        facets = facets == null ? List.of() : facets;
    }

    static GuardEvent sighting(DocumentChange change, List<String> facets) {
        return new GuardEvent(
                change.tenant(),
                change.documentId(),
                change.operation(),
                change.order().fence(),
                facets,
                null);
    }

    static GuardEvent delete(DocumentChange change) {
        return new GuardEvent(
                change.tenant(),
                change.documentId(),
                change.operation(),
                change.order().fence(),
                List.of(),
                change);
    }
}
