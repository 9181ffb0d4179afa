package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.lateinteraction.TokenVectors;
import dev.freshet.core.search.ChunkReader;
import dev.freshet.core.search.ChunkVectors;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.core.search.Visibility;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads chunks by a search for their ids: the filter that keeps others' chunks from searches keeps them from this too. */
public final class OpenSearchChunkReader implements ChunkReader {
    private static final int BYTES = 4 * 1024;
    private static final Map<String, String> PARAMETERS = Map.of();
    private static final String SEARCH = "/" + SearchIndex.CHUNKS.alias() + "/_search";

    private final OpenSearchConnection connection;

    public OpenSearchChunkReader(OpenSearchConnection connection) {
        this.connection = connection;
    }

    private interface Content<T> {
        Map<String, T> read(byte[] body) throws IOException;
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    @Override
    public CompletableFuture<Map<String, FoundChunk>> chunks(Visibility visibility, List<String> chunkIds) {
        return search(
                visibility,
                chunkIds,
                json -> {
                    json.writeFieldName("_source");
                    SearchBody.strings(json, SearchBody.OF_CHUNKS);
                },
                SearchReply::chunks);
    }

    @Override
    public CompletableFuture<Map<String, ChunkVectors>> vectors(
            Visibility visibility, List<String> chunkIds, boolean tokens, boolean pooled) {
        return search(visibility, chunkIds, json -> vectorFields(json, tokens, pooled), OpenSearchChunkReader::vectors);
    }

    /** Token vectors are columns, which cost little to read; vectors are only in what was written, which is unpacked for them. */
    private static void vectorFields(JsonGenerator json, boolean tokens, boolean pooled) throws IOException {
        List<String> columns = tokens ? List.of("chunk_id", "token_vectors") : List.of("chunk_id");
        if (!pooled) {
            SearchBody.docValues(json, columns);
            return;
        }
        json.writeFieldName("_source");
        SearchBody.strings(json, List.of("vector"));
        json.writeFieldName("docvalue_fields");
        SearchBody.strings(json, columns);
    }

    private <T> CompletableFuture<Map<String, T>> search(
            Visibility visibility, List<String> chunkIds, Fields fields, Content<T> content) {
        if (chunkIds.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        byte[] body = JsonLines.write(BYTES, json -> {
            json.writeStartObject();
            json.writeNumberField("size", chunkIds.size());
            json.writeBooleanField("track_total_hits", false);
            fields.write(json);
            json.writeObjectFieldStart("query");
            json.writeObjectFieldStart("bool");
            json.writeObjectFieldStart("must");
            json.writeObjectFieldStart("ids");
            json.writeFieldName("values");
            SearchBody.strings(json, chunkIds);
            json.writeEndObject();
            json.writeEndObject();
            FilterJson.all(json, visibility, List.of());
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
        return connection.sendJson("POST", SEARCH, PARAMETERS, body).handle((reply, failure) -> {
            if (reply == null) {
                throw new IndexUnavailableException("OpenSearch does not answer.", failure);
            }
            return read(reply, content);
        });
    }

    private static <T> Map<String, T> read(Reply reply, Content<T> content) {
        if (reply.status() != 200) {
            throw new IndexUnavailableException("OpenSearch answered a read of chunks with status " + reply.status());
        }
        try {
            return content.read(reply.body());
        } catch (IOException e) {
            throw new IndexUnavailableException("OpenSearch answered a read of chunks with something unreadable", e);
        }
    }

    private static Map<String, ChunkVectors> vectors(byte[] body) {
        Map<String, ChunkVectors> vectors = new HashMap<>();
        for (JsonNode hit : BlockingRequests.parse(body).at("/hits/hits")) {
            String bits = hit.at("/fields/token_vectors/0").textValue();
            vectors.put(
                    hit.at("/fields/chunk_id/0").asText(),
                    new ChunkVectors(tokens(bits), floats(hit.at("/_source/vector"))));
        }
        return vectors;
    }

    private static @Nullable TokenVectors tokens(@Nullable String base64) {
        try {
            return base64 == null ? null : TokenVectors.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // Of a version that this one cannot read: as good as none.
            return null;
        }
    }

    private static float @Nullable [] floats(JsonNode array) {
        if (!array.isArray()) {
            return null;
        }
        float[] floats = new float[array.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = array.get(i).floatValue();
        }
        return floats;
    }
}
