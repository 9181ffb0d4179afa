package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrite.DeleteChunk;
import dev.freshet.core.index.IndexWrite.DeleteDocument;
import dev.freshet.core.index.IndexWrite.ForGeneration;
import dev.freshet.core.index.IndexWrite.PutChunk;
import dev.freshet.core.index.IndexWrite.PutDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes as the body of a {@code _bulk} request. Every action carries its fence as an external version. */
final class BulkRequest {
    private static final int BYTES_PER_WRITE = 6 * 1024;

    private final IndexedSource source;

    private BulkRequest(Instant indexedAt) {
        this.source = new IndexedSource(indexedAt);
    }

    static byte[] body(List<IndexWrite> writes, Instant now) {
        BulkRequest request = new BulkRequest(now);
        return JsonLines.write(writes.size() * BYTES_PER_WRITE, json -> {
            for (IndexWrite write : writes) {
                request.write(json, write);
            }
        });
    }

    private void write(JsonGenerator json, IndexWrite write) throws IOException {
        if (write instanceof ForGeneration(String generation, IndexWrite inner)) {
            write(json, inner, generation);
        } else {
            write(json, write, null);
        }
    }

    private void write(JsonGenerator json, IndexWrite write, @Nullable String generation) throws IOException {
        switch (write) {
            case PutChunk put -> {
                action(
                        json,
                        "index",
                        alias(SearchIndex.CHUNKS, generation),
                        put.chunk().id(),
                        write.fence());
                source.chunk(json, put.chunk());
            }
            case DeleteChunk delete ->
                action(json, "delete", alias(SearchIndex.CHUNKS, generation), delete.chunkId(), write.fence());
            case PutDocument put -> {
                String id = DocumentIds.of(put.entry().key());
                action(json, "index", alias(SearchIndex.DOCUMENTS, generation), id, write.fence());
                source.document(json, put.entry());
            }
            case DeleteDocument delete ->
                action(
                        json,
                        "delete",
                        alias(SearchIndex.DOCUMENTS, generation),
                        DocumentIds.of(delete.key()),
                        write.fence());
            case ForGeneration nested -> throw new IllegalArgumentException("a write is for one generation");
        }
    }

    private static String alias(SearchIndex index, @Nullable String generation) {
        return generation == null ? index.alias() : index.next(generation);
    }

    private static void action(JsonGenerator json, String action, String alias, String id, long fence)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart(action);
        json.writeStringField("_index", alias);
        json.writeStringField("_id", id);
        json.writeNumberField("version", fence);
        // Greater or equal: a retry of a write that landed is success.
        json.writeStringField("version_type", "external_gte");
        json.writeEndObject();
        json.writeEndObject();
    }
}
