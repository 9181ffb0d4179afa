package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.Facets;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.LegQuery;
import java.io.IOException;
import java.util.List;

/** A query as the body of an {@code _msearch} request, one search per leg. */
final class SearchBody {
    private static final int BYTES = 8 * 1024;
    private static final String[] TEXT_FIELDS = {"title", "heading_path", "text"};
    private static final String[] RETURNED = {
        "chunk_id", "document_id", "title", "heading_path", "text", "uri", "metadata", "language", "tokens", "chunk"
    };

    private SearchBody() {}

    static byte[] of(ChunkQuery query) {
        return JsonLines.write(BYTES, json -> {
            for (LegQuery leg : query.legs()) {
                json.writeStartObject();
                json.writeStringField("index", SearchIndex.CHUNKS.alias());
                json.writeEndObject();
                search(json, leg, query);
            }
        });
    }

    private static void search(JsonGenerator json, LegQuery leg, ChunkQuery query) throws IOException {
        json.writeStartObject();
        json.writeNumberField("size", leg.depth());
        json.writeBooleanField("track_total_hits", false);
        json.writeFieldName("_source");
        json.writeArray(RETURNED, 0, RETURNED.length);
        json.writeObjectFieldStart("query");
        switch (leg) {
            case LegQuery.Nearest nearest -> nearest(json, nearest, query);
            case LegQuery.Keywords keywords -> keywords(json, keywords, query);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** The filter is inside the k-NN clause: outside, it would thin out the nearest instead of finding others. */
    private static void nearest(JsonGenerator json, LegQuery.Nearest nearest, ChunkQuery query) throws IOException {
        json.writeObjectFieldStart("knn");
        json.writeObjectFieldStart("vector");
        json.writeFieldName("vector");
        JsonLines.writeVector(json, nearest.vector());
        json.writeNumberField("k", nearest.depth());
        json.writeObjectFieldStart("filter");
        json.writeObjectFieldStart("bool");
        filters(json, query);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** BM25F: title, headings and text count as one text, so a word is not worth more for being in all of them. */
    private static void keywords(JsonGenerator json, LegQuery.Keywords keywords, ChunkQuery query) throws IOException {
        json.writeObjectFieldStart("bool");
        json.writeObjectFieldStart("must");
        json.writeObjectFieldStart("combined_fields");
        json.writeStringField("query", KeywordText.cut(keywords.text()));
        json.writeFieldName("fields");
        json.writeArray(TEXT_FIELDS, 0, TEXT_FIELDS.length);
        json.writeEndObject();
        json.writeEndObject();
        filters(json, query);
        json.writeEndObject();
    }

    private static void filters(JsonGenerator json, ChunkQuery query) throws IOException {
        json.writeArrayFieldStart("filter");
        term(json, "tenant", query.visibility().tenant());
        terms(json, "acl", query.visibility().principals());
        for (Filter filter : query.filters()) {
            switch (filter) {
                case Filter.Equal equal -> term(json, "facets", Facets.of(equal.key(), equal.value()));
                case Filter.AnyOf any ->
                    terms(
                            json,
                            "facets",
                            any.values().stream()
                                    .map(value -> Facets.of(any.key(), value))
                                    .toList());
                case Filter.OfChunk said -> terms(json, "chunk." + said.field().label(), said.values());
            }
        }
        json.writeEndArray();
    }

    private static void term(JsonGenerator json, String field, String value) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("term");
        json.writeStringField(field, value);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void terms(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("terms");
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }
}
