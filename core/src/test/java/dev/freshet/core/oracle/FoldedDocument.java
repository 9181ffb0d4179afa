package dev.freshet.core.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentFilter;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.search.Facets;
import java.util.Objects;

/**
 * A live document while its changes are gone through in their order.
 *
 * @param upsert the newest
 * @param fields as the upsert and the patches after it say
 * @param order of the newest change
 */
record FoldedDocument(DocumentChange upsert, DocumentFields fields, ChangeOrder order) {
    static FoldedDocument of(DocumentChange upsert) {
        return new FoldedDocument(upsert, Objects.requireNonNull(upsert.fields()), upsert.order());
    }

    FoldedDocument patched(DocumentChange change) {
        FieldsPatch patch = Objects.requireNonNull(change.patch());
        DocumentFields patched = new DocumentFields(
                fields.title(),
                fields.uri(),
                fields.contentType(),
                Objects.requireNonNullElse(patch.metadata(), fields.metadata()),
                Objects.requireNonNullElse(patch.acl(), fields.acl()));
        return new FoldedDocument(upsert, patched, change.order());
    }

    boolean matches(DocumentFilter filter) {
        try {
            return (filter.idPrefix() == null || upsert.documentId().startsWith(filter.idPrefix()))
                    && Facets.of(Json.MAPPER.readTree(fields.metadata())).containsAll(filter.facets());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata is JSON", e);
        }
    }
}
