package dev.freshet.core.envelope;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.Priority;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.extract.FrontMatter;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.text.CanonicalText;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change in the fields of the native envelope: checked here, and nowhere else, whatever envelope it came in. */
final class NativeChange {
    private static final int LONGEST_TITLE = 4096;
    private static final int LONGEST_URI = 4096;
    private static final int LONGEST_CONTENT_TYPE = 256;
    private static final List<String> PATCHABLE = List.of("metadata", "acl");
    private static final Set<String> OF_THE_TEXT =
            Set.of("title", "content_type", Content.TEXT, Content.BYTES, Content.REFERENCE, "uri");
    private static final Set<String> OF_EVERY_CHANGE =
            Set.of("op", "tenant", "id", "epoch", "version", "event_time", "priority", "metadata", "acl", "filter");

    private final Fields fields;
    private final boolean foreign;
    private final RecordKey recordKey;
    private final RawRecord raw;

    private NativeChange(Statement statement, RecordKey recordKey, RawRecord raw) {
        this.fields = new Fields(statement.fields());
        this.foreign = statement.foreign();
        this.recordKey = recordKey;
        this.raw = raw;
    }

    static EnvelopeOutcome.Understood check(Statement statement, RecordKey recordKey, RawRecord raw)
            throws RefusedException {
        NativeChange change = new NativeChange(statement, recordKey, raw);
        return new EnvelopeOutcome.Understood(change.read(), statement.ignored() + change.unknownFields());
    }

    private DocumentChange read() throws RefusedException {
        Operation operation = operation(fields.requiredText("op"));
        if (operation == Operation.DELETE_BY_FILTER) {
            return deleteByFilter().withPriority(priority());
        }
        DocumentKey key = key();
        try {
            return ofDocument(operation, key).withPriority(priority());
        } catch (RefusedException e) {
            throw e.about(key);
        }
    }

    private static Operation operation(String op) throws RefusedException {
        return switch (op) {
            case "upsert" -> Operation.UPSERT;
            case "patch" -> Operation.PATCH;
            case "delete" -> Operation.DELETE;
            case "delete_by_filter" -> Operation.DELETE_BY_FILTER;
            default ->
                throw new RefusedException("unknown_operation", "op must be upsert, patch, delete or delete_by_filter");
        };
    }

    private Priority priority() throws RefusedException {
        String stated = fields.text("priority");
        return switch (stated) {
            case null -> Priority.LIVE;
            case "live" -> Priority.LIVE;
            case "backfill" -> Priority.BACKFILL;
            default -> throw new RefusedException("invalid_priority", "priority must be live or backfill");
        };
    }

    private DocumentKey key() throws RefusedException {
        String id = fields.requiredText("id");
        String tenant = fields.text("tenant");
        DocumentKey key = new DocumentKey(tenant == null ? recordKey.tenantOf(id) : tenant, id);
        Names.checkKey(key);
        if (recordKey.naming(key, foreign) == RecordKey.Naming.ANOTHER) {
            throw new RefusedException(
                    "key_mismatch",
                    "the record's key names another document than its value; the key must be tenant/id");
        }
        return key;
    }

    private DocumentChange ofDocument(Operation operation, DocumentKey key) throws RefusedException {
        if (fields.has("filter")) {
            throw new RefusedException("unexpected_filter", "only delete_by_filter has a filter");
        }
        StatedOrder place = StatedOrder.of(fields, raw);
        ChangeOrder order = place.order();
        Instant time = EventTime.of(fields.text("event_time"), raw);
        DocumentChange change = switch (operation) {
            case UPSERT -> upsert(key, order, time);
            case PATCH -> DocumentChange.patch(key, order, time, patch(), raw);
            case DELETE -> DocumentChange.delete(key, order, time, raw);
            case DELETE_BY_FILTER -> throw new IllegalStateException("is about no single document");
        };
        boolean ordered = place.stated() || raw.position().inFile();
        if (!ordered && recordKey.naming(key, foreign) == RecordKey.Naming.NOTHING) {
            // Its versions would be offsets of whatever partitions it falls into, which are in no order; lines of a
            // file are.
            throw new RefusedException(
                    "no_key_and_no_version",
                    "a record whose key does not name the document needs a version: offsets order only what shares a partition");
        }
        return change;
    }

    private DocumentChange upsert(DocumentKey key, ChangeOrder order, Instant time) throws RefusedException {
        String form = Content.formOf(fields);
        if (form.equals(Content.REFERENCE)) {
            ContentReference reference = Content.reference(fields.get(form));
            DocumentFields stated = documentFields(Content.typeOf(reference, key));
            return DocumentChange.upsert(key, order, time, stated, reference, raw);
        }
        DocumentFields stated = documentFields(form.equals(Content.BYTES) ? Content.typeOf(key.id()) : MediaType.PLAIN);
        return switch (Content.read(fields, form, stated.contentType())) {
            case Content.Text(String text) ->
                DocumentChange.upsert(key, order, time, FrontMatter.completed(stated, text), text, raw);
            case Content.Foreign(byte[] bytes, String type) ->
                DocumentChange.upsert(key, order, time, stated.withContentType(type), bytes, raw);
        };
    }

    /** @param assumedType where the change states none */
    private DocumentFields documentFields(String assumedType) throws RefusedException {
        String title = fields.text("title", LONGEST_TITLE);
        String contentType = fields.text("content_type", LONGEST_CONTENT_TYPE);
        List<String> acl = acl();
        return new DocumentFields(
                title == null ? null : CanonicalText.of(title).strip(),
                fields.text("uri", LONGEST_URI),
                contentType == null ? assumedType : contentType,
                Metadata.canonical(fields.get("metadata")),
                acl == null ? List.of() : acl);
    }

    private @Nullable List<String> acl() throws RefusedException {
        var acl = fields.get("acl");
        return acl == null ? null : Acl.canonical(acl);
    }

    private FieldsPatch patch() throws RefusedException {
        for (String field : OF_THE_TEXT) {
            if (fields.names(field)) {
                throw new RefusedException(
                        "invalid_patch", "a patch replaces metadata, acl or both; %s needs an upsert".formatted(field));
            }
        }
        for (String field : PATCHABLE) {
            if (fields.names(field) && !fields.has(field)) {
                throw new RefusedException(
                        "invalid_patch",
                        "%s is null; leave it out to keep what the document has, or give what shall replace it"
                                .formatted(field));
            }
        }
        if (PATCHABLE.stream().noneMatch(fields::has)) {
            throw new RefusedException("invalid_patch", "a patch needs metadata, acl or both");
        }
        return new FieldsPatch(fields.has("metadata") ? Metadata.canonical(fields.get("metadata")) : null, acl());
    }

    private DocumentChange deleteByFilter() throws RefusedException {
        if (fields.has("id")) {
            throw new RefusedException("unexpected_id", "delete_by_filter has a filter and no id; delete has an id");
        }
        for (String field : PATCHABLE) {
            if (fields.has(field)) {
                // Left beside the filter, a condition would delete nothing less.
                throw new RefusedException("invalid_filter", field + " must be inside of filter, or left out");
            }
        }
        String tenant = tenantOfFilter();
        StatedOrder place = StatedOrder.of(fields, raw);
        if (!place.stated()) {
            throw new RefusedException(
                    "missing_version",
                    "delete_by_filter needs a version: the documents that it deletes are in many partitions");
        }
        Instant time = EventTime.of(fields.text("event_time"), raw);
        return DocumentChange.deleteByFilter(
                tenant, place.order(), time, DocumentFilters.read(fields.get("filter")), raw);
    }

    private String tenantOfFilter() throws RefusedException {
        String stated = fields.text("tenant");
        String tenant = stated == null ? recordKey.statedTenant(foreign) : stated;
        if (tenant == null && !recordKey.isAbsent()) {
            // The key may be meant as a tenant or as anything else; too much would be deleted in the wrong one.
            throw new RefusedException(
                    "missing_tenant",
                    "delete_by_filter needs a tenant, in the value or as tenant/ in the record's key");
        }
        tenant = tenant == null ? ChangeReader.DEFAULT_TENANT : tenant;
        Names.checkTenant(tenant);
        if (!recordKey.allows(tenant, foreign)) {
            throw new RefusedException("key_mismatch", "the record's key names another tenant than its value");
        }
        return tenant;
    }

    private int unknownFields() {
        int unknown = Content.unknownFields(fields.get(Content.REFERENCE));
        for (var field : fields.json().properties()) {
            boolean known = OF_EVERY_CHANGE.contains(field.getKey()) || OF_THE_TEXT.contains(field.getKey());
            unknown += known ? 0 : 1;
        }
        return unknown;
    }
}
