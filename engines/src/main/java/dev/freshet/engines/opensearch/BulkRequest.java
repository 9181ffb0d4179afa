package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrite.DeleteChunk;
import dev.freshet.core.index.IndexWrite.DeleteDocument;
import dev.freshet.core.index.IndexWrite.ForGeneration;
import dev.freshet.core.index.IndexWrite.PutChunk;
import dev.freshet.core.index.IndexWrite.PutDocument;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.core.search.Facets;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes as the body of a {@code _bulk} request. Every action carries its fence as an external version. */
final class BulkRequest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int BYTES_PER_WRITE = 6 * 1024;

    private final String indexedAt;

    private BulkRequest(Instant indexedAt) {
        this.indexedAt = indexedAt.toString();
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
                chunk(json, put.chunk());
            }
            case DeleteChunk delete ->
                action(json, "delete", alias(SearchIndex.CHUNKS, generation), delete.chunkId(), write.fence());
            case PutDocument put -> {
                String id = DocumentIds.of(put.entry().key());
                action(json, "index", alias(SearchIndex.DOCUMENTS, generation), id, write.fence());
                document(json, put.entry());
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

    private void chunk(JsonGenerator json, ChunkDocument chunk) throws IOException {
        json.writeStartObject();
        json.writeStringField("tenant", chunk.tenant());
        json.writeStringField("document_id", chunk.documentId());
        json.writeStringField("chunk_id", chunk.id());
        strings(json, "heading_path", chunk.headingPath());
        json.writeStringField("text", chunk.text());
        fields(json, chunk.fields());
        json.writeNumberField("tokens", chunk.tokens());
        metadata(json, chunk.metadata());
        json.writeStringField("changed_at", chunk.changedAt().toString());
        json.writeStringField("indexed_at", indexedAt);
        if (chunk.vector() != null) {
            json.writeFieldName("vector");
            JsonLines.writeVector(json, chunk.vector());
        }
        if (chunk.tokenVectors() != null) {
            json.writeBinaryField("token_vectors", chunk.tokenVectors());
        }
        json.writeEndObject();
    }

    private static void metadata(JsonGenerator json, ChunkMetadata metadata) throws IOException {
        json.writeObjectFieldStart("chunk");
        strings(json, "block_types", metadata.blockTypes());
        json.writeNumberField("sentences", metadata.sentences());
        unlessEmpty(json, "code_language", metadata.codeLanguage());
        unlessEmpty(json, "symbol", metadata.symbol());
        strings(json, "entities", metadata.entities());
        strings(json, "near_duplicate_keys", metadata.nearDuplicateKeys());
        json.writeEndObject();
    }

    private static void unlessEmpty(JsonGenerator json, String name, String value) throws IOException {
        optional(json, name, value.isEmpty() ? null : value);
    }

    private void document(JsonGenerator json, DocumentEntry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("tenant", entry.key().tenant());
        json.writeStringField("document_id", entry.key().id());
        json.writeNumberField("epoch", entry.order().epoch());
        json.writeNumberField("version", entry.order().version());
        fields(json, entry.fields());
        json.writeStringField("event_time", entry.eventTime().toString());
        json.writeStringField("indexed_at", indexedAt);
        json.writeArrayFieldStart("chunks");
        for (ChunkPlacement placement : entry.manifest()) {
            json.writeStartObject();
            json.writeStringField("id", placement.chunkId());
            json.writeNumberField("start", placement.start());
            json.writeNumberField("end", placement.end());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, DocumentFields fields) throws IOException {
        optional(json, "title", fields.title());
        optional(json, "uri", fields.uri());
        json.writeStringField("content_type", fields.contentType());
        optional(json, "language", fields.language());
        json.writeFieldName("metadata");
        json.writeRawValue(fields.metadata());
        strings(json, "facets", facets(fields));
        strings(json, "acl", fields.acl());
    }

    private static List<String> facets(DocumentFields fields) throws JsonProcessingException {
        return fields.metadata().equals("{}") && fields.language() == null
                ? List.of()
                : Facets.of(JSON.readTree(fields.metadata()), fields.language());
    }

    private static void optional(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
