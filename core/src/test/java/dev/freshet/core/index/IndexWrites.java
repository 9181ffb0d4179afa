package dev.freshet.core.index;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.IndexWrite.DeleteChunk;
import dev.freshet.core.index.IndexWrite.DeleteDocument;
import dev.freshet.core.index.IndexWrite.PutChunk;
import dev.freshet.core.index.IndexWrite.PutDocument;
import dev.freshet.core.revision.ChunkPlacement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes for tests: chunks and documents of one tenant, with fields that a test may change. */
public final class IndexWrites {
    public static final int DIMENSION = 384;
    public static final ChunkMetadata METADATA = new ChunkMetadata(
            List.of("heading", "paragraph"), 2, "java", "Stack.push", List.of("version:3.5.0"), List.of("1a", "2b"));
    public static final Instant EVENT_TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private final String tenant;

    public IndexWrites(String tenant) {
        this.tenant = tenant;
    }

    /** Fields without a title: what a bare text file has. */
    public static DocumentFields plain() {
        return new DocumentFields(null, null, "text/plain", "{}", List.of(DocumentFields.EVERYONE));
    }

    public static DocumentFields withMetadata(String json) {
        return new DocumentFields(null, null, "text/plain", json, List.of(DocumentFields.EVERYONE));
    }

    public static DocumentFields withAcl(String... principals) {
        return new DocumentFields(null, null, "text/plain", "{}", List.of(principals));
    }

    /** A vector of length 1 at this angle from the first axis, in a plane. */
    public static float[] vectorAt(double degrees) {
        float[] vector = new float[DIMENSION];
        vector[0] = (float) Math.cos(Math.toRadians(degrees));
        vector[1] = (float) Math.sin(Math.toRadians(degrees));
        return vector;
    }

    /** The chunk, which keeps these bytes of its tokens. */
    public static ChunkDocument withTokenVectors(ChunkDocument chunk, byte @Nullable [] tokenVectors) {
        return new ChunkDocument(
                chunk.id(),
                chunk.fence(),
                chunk.tenant(),
                chunk.documentId(),
                chunk.headingPath(),
                chunk.text(),
                chunk.tokens(),
                chunk.metadata(),
                chunk.fields(),
                chunk.changedAt(),
                chunk.vector(),
                tokenVectors);
    }

    public String id(String name) {
        return tenant + "-" + name;
    }

    public PutChunk chunk(String name, long fence, String text, float @Nullable [] vector) {
        return chunk(name, fence, text, vector, plain());
    }

    public PutChunk chunk(String name, long fence, String text, float @Nullable [] vector, DocumentFields fields) {
        return new PutChunk(new ChunkDocument(
                id(name),
                fence,
                tenant,
                "document-of-" + name,
                List.of("Guide", "Set up"),
                text,
                7,
                METADATA,
                fields,
                EVENT_TIME,
                vector));
    }

    public DeleteChunk noChunk(String name, long fence) {
        return new DeleteChunk(id(name), fence);
    }

    /** A document whose text is that of these chunks. */
    public PutDocument document(String documentId, ChangeOrder order, DocumentFields fields, List<PutChunk> chunks) {
        List<ChunkPlacement> manifest = new ArrayList<>();
        int start = 0;
        for (PutChunk chunk : chunks) {
            int end = start + chunk.chunk().text().length();
            manifest.add(new ChunkPlacement(chunk.chunk().id(), "hash", start, end));
            start = end;
        }
        return new PutDocument(
                new DocumentEntry(new DocumentKey(tenant, documentId), order, fields, EVENT_TIME, manifest));
    }

    public DeleteDocument noDocument(String documentId, long fence) {
        return new DeleteDocument(new DocumentKey(tenant, documentId), fence);
    }
}
