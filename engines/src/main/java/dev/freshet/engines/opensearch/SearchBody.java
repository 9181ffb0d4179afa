package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.LegQuery;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A query as the body of an {@code _msearch} request, one search per leg. */
final class SearchBody {
    /** What a search returns of a chunk. */
    static final List<String> OF_CHUNKS = List.of(
            "chunk_id",
            "document_id",
            "title",
            "heading_path",
            "text",
            "uri",
            "metadata",
            "language",
            "tokens",
            "chunk",
            "changed_at",
            "indexed_at");

    private static final int BYTES = 8 * 1024;
    /** Counting further costs time that grows with the index. */
    private static final int MOST_COUNTED = 1_000;

    private SearchBody() {}

    /** Over chunks. */
    static byte[] of(ChunkQuery query) {
        return JsonLines.write(BYTES, json -> {
            for (LegQuery leg : query.legs()) {
                header(json, SearchIndex.CHUNKS);
                json.writeStartObject();
                json.writeNumberField("size", leg.depth());
                limits(json, query, leg.leg() == Leg.KEYWORD);
                json.writeFieldName("_source");
                strings(json, OF_CHUNKS);
                json.writeObjectFieldStart("query");
                switch (leg) {
                    case LegQuery.Nearest nearest -> nearest(json, "vector", nearest, query, query.filters());
                    case LegQuery.Keywords keywords -> KeywordClauses.chunks(json, keywords, query);
                    case LegQuery.About about -> KeywordClauses.about(json, about, query);
                }
                json.writeEndObject();
                json.writeEndObject();
            }
        });
    }

    /** Over documents. */
    static byte[] ofDocuments(ChunkQuery query) {
        List<Filter> filters = query.filters().stream()
                .map(Filter::ofDocuments)
                .filter(Objects::nonNull)
                .map(Filter.class::cast)
                .toList();
        return JsonLines.write(BYTES, json -> {
            for (LegQuery leg : query.legs()) {
                header(json, SearchIndex.DOCUMENTS);
                json.writeStartObject();
                json.writeNumberField("size", leg.depth());
                limits(json, query, false);
                json.writeBooleanField("_source", false);
                docValues(json, List.of("document_id"));
                json.writeObjectFieldStart("query");
                switch (leg) {
                    case LegQuery.Nearest nearest -> nearest(json, "summary", nearest, query, filters);
                    case LegQuery.Keywords keywords -> KeywordClauses.documents(json, keywords, query, filters);
                    case LegQuery.About about ->
                        throw new IllegalArgumentException("documents are found by summary or words");
                }
                json.writeEndObject();
                json.writeEndObject();
            }
        });
    }

    /** Reads only columns: nothing of the documents as they were written is unpacked. */
    static void docValues(JsonGenerator json, List<String> fields) throws IOException {
        json.writeStringField("stored_fields", "_none_");
        json.writeFieldName("docvalue_fields");
        strings(json, fields);
    }

    private static void header(JsonGenerator json, SearchIndex index) throws IOException {
        json.writeStartObject();
        json.writeStringField("index", index.alias());
        json.writeEndObject();
    }

    private static void limits(JsonGenerator json, ChunkQuery query, boolean counted) throws IOException {
        if (counted) {
            json.writeNumberField("track_total_hits", MOST_COUNTED);
        } else {
            json.writeBooleanField("track_total_hits", false);
        }
        json.writeStringField("timeout", Math.max(1, query.timeout().toMillis()) + "ms");
    }

    /** The filter is inside the k-NN clause: outside, it would thin out the nearest instead of finding others. */
    private static void nearest(
            JsonGenerator json, String field, LegQuery.Nearest nearest, ChunkQuery query, List<Filter> filters)
            throws IOException {
        json.writeObjectFieldStart("knn");
        json.writeObjectFieldStart(field);
        json.writeFieldName("vector");
        JsonLines.writeVector(json, nearest.vector());
        json.writeNumberField("k", nearest.depth());
        if (nearest.effort() > nearest.depth()) {
            json.writeObjectFieldStart("method_parameters");
            json.writeNumberField("ef_search", nearest.effort());
            json.writeEndObject();
        }
        json.writeObjectFieldStart("filter");
        json.writeObjectFieldStart("bool");
        FilterJson.all(json, query.visibility(), filters);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    static void strings(JsonGenerator json, List<String> strings) throws IOException {
        json.writeStartArray();
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }
}
