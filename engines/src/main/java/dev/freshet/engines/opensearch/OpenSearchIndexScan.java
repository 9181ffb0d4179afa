package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.core.verify.IndexedChunk;
import dev.freshet.core.verify.IndexedDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads all that the index holds at one point in time, page by page and without vectors. */
public final class OpenSearchIndexScan {
    /** Takes what was found. */
    public interface Sink<T> {
        void take(T found) throws IOException;
    }

    /** A chunk by its document and its id. */
    public record ChunkName(DocumentKey document, String chunkId) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KEEP_ALIVE = "5m";
    private static final int FIRST_PAGE = 100;
    private static final int LARGEST_PAGE = 2_000;
    /** Pages grow and shrink towards this size, since hits are of any size. */
    private static final int PAGE_BYTES = 2 << 20;

    private static final List<String> NAME = List.of("tenant", "document_id");
    private static final List<String> FIELDS =
            List.of("tenant", "document_id", "title", "uri", "content_type", "metadata", "acl");

    private final BlockingRequests requests;
    private final List<String> documentIds;

    private OpenSearchIndexScan(OpenSearchConnection connection, List<String> documentIds) {
        this.requests = new BlockingRequests(connection);
        this.documentIds = documentIds;
    }

    /** A scan of everything. */
    public static OpenSearchIndexScan ofAll(OpenSearchConnection connection) {
        return new OpenSearchIndexScan(connection, List.of());
    }

    /**
     * A scan of the documents of these ids, whatever their tenants.
     *
     * @param documentIds from 1 to 10 000
     */
    public static OpenSearchIndexScan of(OpenSearchConnection connection, List<String> documentIds) {
        return new OpenSearchIndexScan(connection, List.copyOf(documentIds));
    }

    /**
     * Every document.
     *
     * @throws IndexUnavailableException when OpenSearch does not answer, or not with all of it
     */
    public void documents(Sink<IndexedDocument> sink) throws IOException {
        List<String> wanted = new ArrayList<>(FIELDS);
        wanted.add("chunks");
        scan(SearchIndex.DOCUMENTS, wanted, false, hit -> sink.take(document(hit)));
    }

    /** Every chunk; throws as {@link #documents} does. */
    public void chunks(Sink<IndexedChunk> sink) throws IOException {
        List<String> wanted = new ArrayList<>(FIELDS);
        wanted.add("heading_path");
        wanted.add("text");
        scan(SearchIndex.CHUNKS, wanted, false, hit -> sink.take(chunk(hit)));
    }

    /** Every chunk that has no vector; throws as {@link #documents} does. */
    public void chunksWithoutVector(Sink<ChunkName> sink) throws IOException {
        scan(
                SearchIndex.CHUNKS,
                NAME,
                true,
                hit -> sink.take(new ChunkName(
                        StoredSource.key(hit.path("_source")), hit.path("_id").asText())));
    }

    private void scan(SearchIndex index, List<String> wanted, boolean withoutVector, Sink<JsonNode> sink)
            throws IOException {
        String point = pointInTime(index);
        try {
            int size = FIRST_PAGE;
            JsonNode after = null;
            while (true) {
                ObjectNode search = search(point, wanted, withoutVector, size);
                if (after != null) {
                    search.set("search_after", after);
                }
                Reply reply = requests.send("POST", "/_search", search);
                JsonNode hits = hits(reply);
                for (JsonNode hit : hits) {
                    sink.take(hit);
                }
                if (hits.size() < size) {
                    return;
                }
                after = hits.get(hits.size() - 1).path("sort");
                size = nextSize(size, reply.body().length);
            }
        } finally {
            forget(point);
        }
    }

    private static int nextSize(int size, int bytes) {
        return Math.clamp((long) size * PAGE_BYTES / Math.max(1, bytes), 1, Math.min(LARGEST_PAGE, 4 * size));
    }

    private ObjectNode search(String point, List<String> wanted, boolean withoutVector, int size) {
        ObjectNode search = JSON.createObjectNode();
        search.put("size", size).put("track_total_hits", false).put("version", true);
        search.set("_source", JSON.valueToTree(wanted));
        search.putObject("pit").put("id", point).put("keep_alive", KEEP_ALIVE);
        // The one order that costs nothing and has no equals: where the hit lies.
        search.putArray("sort").addObject().put("_shard_doc", "asc");
        ObjectNode query = search.putObject("query").putObject("bool");
        if (!documentIds.isEmpty()) {
            ArrayNode filters = query.putArray("filter");
            filters.addObject().putObject("terms").set("document_id", JSON.valueToTree(documentIds));
        }
        if (withoutVector) {
            query.putObject("must_not").putObject("exists").put("field", "vector");
        }
        return search;
    }

    private String pointInTime(SearchIndex index) {
        Reply reply = requests.send(
                "POST",
                "/" + index.alias() + "/_search/point_in_time",
                Map.of("keep_alive", KEEP_ALIVE),
                JSON.createObjectNode());
        if (reply.status() != 200) {
            throw new IndexUnavailableException(
                    "OpenSearch cannot read %s: status %d".formatted(index.alias(), reply.status()));
        }
        return BlockingRequests.parse(reply.body()).path("pit_id").asText();
    }

    private void forget(String point) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("pit_id").add(point);
        try {
            requests.send("DELETE", "/_search/point_in_time", body);
        } catch (IndexUnavailableException e) {
            // It expires by itself, and what went wrong before is what matters.
        }
    }

    private static JsonNode hits(Reply reply) {
        if (reply.status() != 200) {
            throw new IndexUnavailableException("OpenSearch answered a scan with status " + reply.status());
        }
        JsonNode page = BlockingRequests.parse(reply.body());
        if (page.path("timed_out").asBoolean() || page.at("/_shards/failed").asInt() > 0) {
            throw new IndexUnavailableException("OpenSearch answered a scan without some of its shards");
        }
        return page.at("/hits/hits");
    }

    private static IndexedDocument document(JsonNode hit) {
        JsonNode source = hit.path("_source");
        return new IndexedDocument(
                StoredSource.key(source), hit.path("_version").asLong(), fields(source), StoredSource.manifest(source));
    }

    private static IndexedChunk chunk(JsonNode hit) {
        JsonNode source = hit.path("_source");
        return new IndexedChunk(
                hit.path("_id").asText(),
                StoredSource.key(source),
                hit.path("_version").asLong(),
                fields(source),
                StoredSource.strings(source.path("heading_path")),
                source.path("text").asText());
    }

    private static DocumentFields fields(JsonNode source) {
        return StoredSource.fields(source, canonical(source.path("metadata")));
    }

    /** OpenSearch gives the keys of an object back in any order. */
    private static String canonical(JsonNode metadata) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        metadata.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return JSON.valueToTree(sorted).toString();
    }
}
