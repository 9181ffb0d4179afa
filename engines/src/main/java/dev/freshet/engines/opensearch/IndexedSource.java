package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.revision.ChunkPlacement;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chunks and documents as JSON, with the fields that the index definitions have. */
final class IndexedSource {
    private final String indexedAt;
    /** Of the document before: the chunks of one follow each other. */
    private @Nullable DerivedFields derived;

    IndexedSource(Instant indexedAt) {
        this.indexedAt = indexedAt.toString();
    }

    void chunk(JsonGenerator json, ChunkDocument chunk) throws IOException {
        json.writeStartObject();
        json.writeStringField("tenant", chunk.tenant());
        json.writeStringField("document_id", chunk.documentId());
        json.writeStringField("chunk_id", chunk.id());
        strings(json, "heading_path", chunk.headingPath());
        json.writeStringField("text", chunk.text());
        fields(json, chunk.documentId(), chunk.fields());
        inLanguage(json, chunk);
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

    void document(JsonGenerator json, DocumentEntry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("tenant", entry.key().tenant());
        json.writeStringField("document_id", entry.key().id());
        json.writeNumberField("epoch", entry.order().epoch());
        json.writeNumberField("version", entry.order().version());
        fields(json, entry.key().id(), entry.fields());
        json.writeStringField("event_time", entry.eventTime().toString());
        json.writeStringField("indexed_at", indexedAt);
        if (entry.summary() != null) {
            json.writeFieldName("summary");
            JsonLines.writeVector(json, entry.summary());
        }
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

    private void fields(JsonGenerator json, String documentId, DocumentFields fields) throws IOException {
        optional(json, "title", fields.title());
        optional(json, "uri", fields.uri());
        json.writeStringField("content_type", fields.contentType());
        optional(json, "language", fields.language());
        json.writeFieldName("metadata");
        json.writeRawValue(fields.metadata());
        DerivedFields searched = derived(documentId, fields);
        strings(json, "facets", searched.facets());
        unlessEmpty(json, "facet_keys", searched.facetKeys());
        unlessEmpty(json, "ordered_facets", searched.orderedFacets());
        unlessEmpty(json, "about", searched.about());
        strings(json, "acl", fields.acl());
    }

    private DerivedFields derived(String documentId, DocumentFields fields) throws JsonProcessingException {
        DerivedFields known = derived;
        if (known == null || !known.areOf(documentId, fields)) {
            known = DerivedFields.of(documentId, fields);
            derived = known;
        }
        return known;
    }

    /** The words once more as the analyzer of their language cuts them; the base fields are analyzed as English. */
    private static void inLanguage(JsonGenerator json, ChunkDocument chunk) throws IOException {
        Optional<String> language = LanguageFields.of(chunk.fields().language());
        if (language.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(LanguageFields.OBJECT);
        json.writeObjectFieldStart(language.get());
        optional(json, "title", chunk.fields().title());
        strings(json, "heading_path", chunk.headingPath());
        json.writeStringField("text", chunk.text());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void unlessEmpty(JsonGenerator json, String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            strings(json, name, values);
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
