package dev.freshet.ingest.state;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.Priority;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.fair.DaySpend;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.VectorSum;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.core.revision.DocumentState;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Register;
import dev.freshet.core.revision.Registers;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.index.Overtaken;
import dev.freshet.ingest.inflight.Claim;
import dev.freshet.ingest.inflight.WaitingTicket;
import dev.freshet.ingest.materialize.Destination;
import dev.freshet.ingest.materialize.IndexUpdate;
import dev.freshet.ingest.materialize.StoredChunk;
import dev.freshet.ingest.materialize.StoredDocument;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the files of every shape of the state hold, as the classes of today read it: what a shape lacked has its default. */
final class StateShapes {

    static final String NEWEST = "v7";

    private static final Instant EVENT = Instant.parse("2026-01-31T12:00:00Z");
    private static final Registers NO_PATCHES = new Registers(null, null);

    /** Every shape that was ever written, and the values in its files by the names of these. */
    static final Map<String, Map<String, Object>> ALL =
            Map.of("v1", v1(), "v2", v2(), "v3", v3(), "v4", v4(), "v5", v5(), "v6", v6(), "v7", v7());

    private StateShapes() {}

    /** Before patches: no fields and no registers. */
    private static Map<String, Object> v1() {
        return Map.of(
                "live-document-state",
                new DocumentState(
                        1,
                        7,
                        false,
                        "content",
                        "fields",
                        "chunker",
                        3,
                        List.of("hash-a", "hash-b"),
                        false,
                        false,
                        null,
                        NO_PATCHES),
                "deleted-document-state",
                new DocumentState(0, 9, true, "", "", "", 0, List.of(), false, false, null, NO_PATCHES),
                "stored-document",
                storedDocument(),
                "stored-chunk",
                storedChunk());
    }

    private static Map<String, Object> v2() {
        Registers patches = new Registers(
                new Register<>(12, "{\"team\":\"y\"}"), new Register<>(11, List.of("group:a", "group:b")));
        return Map.of(
                "live-document-state",
                new DocumentState(
                        1,
                        7,
                        false,
                        "content",
                        "fields",
                        "chunker",
                        3,
                        List.of("hash-a", "hash-b"),
                        false,
                        false,
                        fields(),
                        patches),
                "deleted-document-state",
                new DocumentState(0, 9, true, "", "", "", 0, List.of(), false, true, null, NO_PATCHES),
                "patches-only-document-state",
                new DocumentState(0, 0, false, "", "", "", 0, List.of(), true, false, null, patches),
                "stored-document",
                storedDocument(),
                "stored-chunk",
                storedChunk());
    }

    /** Since rebuilds, what is stored says when a chunk came and its document's fields changed. */
    private static Map<String, Object> v3() {
        Map<String, Object> shapes = new HashMap<>(v2());
        shapes.put(
                "stored-document",
                storedDocument(Instant.parse("2026-02-01T12:00:00Z"), new SourcePosition("documents", 3, 42)));
        shapes.put("stored-chunk", storedChunk(Instant.parse("2026-01-30T12:00:00Z")));
        return shapes;
    }

    /** Since chunks say what is in them; fields know the language of the text; the state knows the attempt that wrote a document, and what is in flight. */
    private static Map<String, Object> v4() {
        Map<String, Object> shapes = new HashMap<>(v3());
        ChunkMetadata said = new ChunkMetadata(
                List.of("paragraph", "code"),
                1,
                "java",
                "Stack.push",
                List.of("version:3.5.0"),
                List.of("1a2b", "3c4d"));
        ChunkPlacement placement = new ChunkPlacement("id-a", "hash-a", 0, 10);
        SourcePosition origin = new SourcePosition("documents", 3, 42);
        Revision revision = new Revision(
                "acme",
                "a",
                Operation.UPSERT,
                1,
                7,
                12,
                ChangeReceipt.Outcome.APPLIED,
                EVENT,
                fields(),
                new FieldsPatch("{\"team\":\"y\"}", null),
                true,
                List.of(placement),
                List.of(new NewChunk("hash-a", "Title", List.of("Guide"), "Some text.", 3, said)),
                false,
                origin,
                true,
                Priority.LIVE);
        ChunkDocument chunk = new ChunkDocument(
                "id-a", 12, "acme", "a", List.of("Guide"), "Some text.", 3, said, fields(), EVENT, new float[] {0.5f});
        DocumentFields known = fields().withLanguage("en");
        DocumentState live = (DocumentState) v3().get("live-document-state");
        shapes.put(
                "live-document-state",
                new DocumentState(
                        live.epoch(),
                        live.version(),
                        live.deleted(),
                        live.contentHash(),
                        live.fieldsHash(),
                        live.chunker(),
                        live.chunks(),
                        live.chunkHashes(),
                        live.unknown(),
                        live.derived(),
                        known,
                        live.registers()));
        shapes.put(
                "stored-document", new StoredDocument(1, 7, EVENT, known, List.of(placement), EVENT, origin, 9, null));
        shapes.put("revision", revision);
        shapes.put(
                "index-update",
                new IndexUpdate(
                        new ChangeReceipt(
                                "acme",
                                "a",
                                Operation.UPSERT,
                                1,
                                7,
                                ChangeReceipt.Outcome.APPLIED,
                                1,
                                1,
                                0,
                                1,
                                1,
                                3,
                                EVENT,
                                Instant.EPOCH,
                                false,
                                origin),
                        true,
                        12,
                        List.of(chunk),
                        List.of("id-b"),
                        new DocumentEntry(
                                new DocumentKey("acme", "a"),
                                new ChangeOrder(1, 7),
                                fields(),
                                EVENT,
                                List.of(placement)),
                        new Destination(true, "r-1"),
                        null));
        shapes.put("overtaken", new Overtaken(List.of(chunk), List.of("id-b")));
        shapes.put(
                "stored-chunk",
                new StoredChunk(
                        List.of("Guide", "Set up"),
                        "Some text.",
                        3,
                        new float[] {0.5f, -1.25f},
                        Instant.parse("2026-01-30T12:00:00Z"),
                        said,
                        null));
        return shapes;
    }

    /** Since a revision says how urgent it is, and waits for its turn. */
    private static Map<String, Object> v5() {
        Map<String, Object> shapes = new HashMap<>(v4());
        Revision live = (Revision) v4().get("revision");
        shapes.put(
                "revision",
                new Revision(
                        live.tenant(),
                        live.documentId(),
                        live.operation(),
                        live.epoch(),
                        live.version(),
                        live.fence(),
                        live.outcome(),
                        live.eventTime(),
                        live.fields(),
                        live.patch(),
                        live.fieldsChanged(),
                        live.manifest(),
                        live.added(),
                        live.derived(),
                        live.origin(),
                        live.refused(),
                        Priority.BACKFILL));
        shapes.put("waiting-ticket", new WaitingTicket(17, new Claim("acme", Priority.BACKFILL, 250), 4_711));
        shapes.put("day-spend", new DaySpend("acme", 20_484, 1_000, 250));
        return shapes;
    }

    /** Since chunks keep the vectors of their tokens. */
    private static Map<String, Object> v6() {
        Map<String, Object> shapes = new HashMap<>(v5());
        byte[] tokenVectors = {1, 0, 0, 8, 0, 1, 42};
        StoredChunk stored = (StoredChunk) v5().get("stored-chunk");
        shapes.put(
                "stored-chunk",
                new StoredChunk(
                        stored.headingPath(),
                        stored.text(),
                        stored.tokens(),
                        stored.vector(),
                        stored.addedAt(),
                        stored.metadata(),
                        tokenVectors));
        IndexUpdate update = (IndexUpdate) v5().get("index-update");
        List<ChunkDocument> puts = update.puts().stream()
                .map(chunk -> IndexWrites.withTokenVectors(chunk, tokenVectors))
                .toList();
        shapes.put(
                "index-update",
                new IndexUpdate(
                        update.receipt(),
                        update.reported(),
                        update.fence(),
                        puts,
                        update.deletes(),
                        update.entry(),
                        update.destination(),
                        update.marker()));
        shapes.put("overtaken", new Overtaken(puts, List.of("id-b")));
        return shapes;
    }

    /** Since a document has the mean of its chunks' vectors, and keeps their sum. */
    private static Map<String, Object> v7() {
        Map<String, Object> shapes = new HashMap<>(v6());
        StoredDocument stored = (StoredDocument) v6().get("stored-document");
        shapes.put(
                "stored-document",
                new StoredDocument(
                        stored.epoch(),
                        stored.version(),
                        stored.eventTime(),
                        stored.fields(),
                        stored.manifest(),
                        stored.fieldsChangedAt(),
                        stored.origin(),
                        stored.attempt(),
                        new VectorSum(new long[] {1L << 31, -5L << 30}, 1)));
        IndexUpdate update = (IndexUpdate) v6().get("index-update");
        DocumentEntry entry = Objects.requireNonNull(update.entry());
        shapes.put(
                "index-update",
                new IndexUpdate(
                        update.receipt(),
                        update.reported(),
                        update.fence(),
                        update.puts(),
                        update.deletes(),
                        new DocumentEntry(
                                entry.key(),
                                entry.order(),
                                entry.fields(),
                                entry.eventTime(),
                                entry.manifest(),
                                new float[] {0.6f, -0.8f}),
                        update.destination(),
                        update.marker()));
        return shapes;
    }

    private static StoredDocument storedDocument() {
        return storedDocument(EVENT, new SourcePosition("", 0, 0));
    }

    private static StoredDocument storedDocument(Instant fieldsChangedAt, SourcePosition origin) {
        return storedDocument(fieldsChangedAt, origin, 0);
    }

    private static StoredDocument storedDocument(Instant fieldsChangedAt, SourcePosition origin, long attempt) {
        return new StoredDocument(
                1,
                7,
                EVENT,
                fields(),
                List.of(new ChunkPlacement("id-a", "hash-a", 0, 10), new ChunkPlacement("id-b", "hash-b", 10, 25)),
                fieldsChangedAt,
                origin,
                attempt,
                null);
    }

    private static DocumentFields fields() {
        return new DocumentFields("Title", "https://acme.example/a", "text/markdown", "{\"team\":\"x\"}", List.of("g"));
    }

    private static StoredChunk storedChunk() {
        return storedChunk(Instant.EPOCH);
    }

    private static StoredChunk storedChunk(Instant addedAt) {
        return new StoredChunk(
                List.of("Guide", "Set up"),
                "Some text.",
                3,
                new float[] {0.5f, -1.25f},
                addedAt,
                ChunkMetadata.NONE,
                null);
    }
}
