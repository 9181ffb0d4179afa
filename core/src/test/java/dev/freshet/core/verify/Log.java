package dev.freshet.core.verify;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentFilter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log for tests: every change has the next offset of one partition. */
final class Log {
    private final List<DocumentChange> changes = new ArrayList<>();

    static DocumentFields fields(String metadata, String... acl) {
        return new DocumentFields("Title", "https://example.org/a", "text/markdown", metadata, List.of(acl));
    }

    static DocumentKey key(String id) {
        return new DocumentKey("acme", id);
    }

    DocumentChange upsert(String id, long version, DocumentFields fields, String text) {
        return added(DocumentChange.upsert(key(id), order(version), MadeIndex.TIME, fields, text, raw()));
    }

    DocumentChange delete(String id, long version) {
        return added(DocumentChange.delete(key(id), order(version), MadeIndex.TIME, raw()));
    }

    DocumentChange patch(String id, long version, @Nullable String metadata, @Nullable List<String> acl) {
        return added(
                DocumentChange.patch(key(id), order(version), MadeIndex.TIME, new FieldsPatch(metadata, acl), raw()));
    }

    DocumentChange deleteByFilter(long version, List<String> facets, @Nullable String idPrefix) {
        return added(DocumentChange.deleteByFilter(
                "acme", order(version), MadeIndex.TIME, new DocumentFilter(facets, idPrefix), raw()));
    }

    DocumentChange added(DocumentChange change) {
        changes.add(change);
        return change;
    }

    List<DocumentChange> changes() {
        return changes;
    }

    RawRecord raw() {
        return new RawRecord(
                new SourcePosition("documents", 0, changes.size()), 0, new byte[0], new byte[0], List.of());
    }

    static ChangeOrder order(long version) {
        return new ChangeOrder(0, version);
    }
}
