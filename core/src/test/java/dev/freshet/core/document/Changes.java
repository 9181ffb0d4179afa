package dev.freshet.core.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up changes for tests. */
public final class Changes {
    /** When all of them happened, patches aside. */
    public static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private Changes() {}

    public static DocumentChange upsert(String id, long version, String text) {
        return upsert(id, version, text, "{}");
    }

    public static DocumentChange upsert(String id, long version, String text, String metadata) {
        DocumentFields fields = new DocumentFields(null, null, "text/markdown", metadata, List.of());
        return DocumentChange.upsert(
                new DocumentKey("acme", id), new ChangeOrder(0, version), TIME, fields, text, raw(id, version));
    }

    public static DocumentChange delete(String id, long version) {
        return DocumentChange.delete(new DocumentKey("acme", id), new ChangeOrder(0, version), TIME, raw(id, version));
    }

    /** A patch; null leaves a field as it is. */
    public static DocumentChange patch(String id, long version, @Nullable String metadata, @Nullable List<String> acl) {
        return DocumentChange.patch(
                new DocumentKey("acme", id),
                new ChangeOrder(0, version),
                TIME.plusSeconds(version),
                new FieldsPatch(metadata, acl),
                raw(id, version));
    }

    public static DocumentChange deleteByFilter(long version, @Nullable String idPrefix, String... facets) {
        return DocumentChange.deleteByFilter(
                "acme",
                new ChangeOrder(0, version),
                TIME,
                new DocumentFilter(List.of(facets), idPrefix),
                raw("", version));
    }

    /** The receipt of a change that was applied, acknowledged when it happened. */
    public static ChangeReceipt applied(DocumentChange change) {
        return ChangeReceipt.withoutWrite(change, ChangeReceipt.Outcome.APPLIED, 0, change.eventTime());
    }

    public static RawRecord raw(String id, long offset) {
        return new RawRecord(
                new SourcePosition("documents", 0, offset),
                TIME.toEpochMilli(),
                ("acme/" + id).getBytes(StandardCharsets.UTF_8),
                new byte[] {1, 2, 3},
                List.of());
    }
}
