package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.core.search.StoredDocument;
import dev.freshet.core.search.StoredDocument.Passage;
import dev.freshet.core.search.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads documents by id, which sees writes before they are searchable: first the manifest, then the chunks in it. */
public final class OpenSearchDocumentReader implements DocumentReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CHUNKS_PER_REQUEST = 500;
    /** All that is read of a document, and of a chunk: neither has its vector read. */
    private static final List<String> OF_DOCUMENT = List.of(
            "tenant",
            "epoch",
            "version",
            "title",
            "uri",
            "content_type",
            "language",
            "metadata",
            "acl",
            "event_time",
            "chunks");

    private static final List<String> OF_CHUNK = List.of("text");
    private static final int ATTEMPTS = 3;

    private final OpenSearchConnection connection;

    public OpenSearchDocumentReader(OpenSearchConnection connection) {
        this.connection = connection;
    }

    @Override
    public CompletableFuture<Optional<StoredDocument>> read(Visibility visibility, String documentId) {
        return read(visibility, new DocumentKey(visibility.tenant(), documentId), ATTEMPTS);
    }

    private CompletableFuture<Optional<StoredDocument>> read(Visibility visibility, DocumentKey key, int attempts) {
        return source(key).thenCompose(source -> {
            if (source == null
                    || !visibility.covers(source.path("tenant").asText(), StoredSource.strings(source.path("acl")))) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            List<Passage> manifest = StoredSource.manifest(source);
            return texts(manifest).thenCompose(texts -> {
                StoredDocument document = assemble(key, source, manifest, texts);
                // A change between the two reads has replaced the chunks of the manifest that was read.
                return document.missing().isEmpty() || attempts <= 1
                        ? CompletableFuture.completedFuture(Optional.of(document))
                        : read(visibility, key, attempts - 1);
            });
        });
    }

    private CompletableFuture<@Nullable JsonNode> source(DocumentKey key) {
        String id = DocumentIds.of(key);
        return get(SearchIndex.DOCUMENTS, List.of(id), OF_DOCUMENT).thenApply(found -> found.get(id));
    }

    private CompletableFuture<Map<String, JsonNode>> texts(List<Passage> manifest) {
        CompletableFuture<Map<String, JsonNode>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (int from = 0; from < manifest.size(); from += CHUNKS_PER_REQUEST) {
            List<String> ids = manifest.subList(from, Math.min(manifest.size(), from + CHUNKS_PER_REQUEST)).stream()
                    .map(Passage::chunkId)
                    .toList();
            all = all.thenCompose(
                    texts -> get(SearchIndex.CHUNKS, ids, OF_CHUNK).thenApply(found -> {
                        texts.putAll(found);
                        return texts;
                    }));
        }
        return all;
    }

    private CompletableFuture<Map<String, JsonNode>> get(SearchIndex index, List<String> ids, List<String> fields) {
        ObjectNode body = JSON.createObjectNode();
        var docs = body.putArray("docs");
        ids.forEach(id -> docs.addObject().put("_id", id).set("_source", JSON.valueToTree(fields)));
        return connection
                .sendJson("POST", "/" + index.alias() + "/_mget", bytes(body))
                .handle((reply, failure) -> {
                    if (reply == null) {
                        throw new IndexUnavailableException("OpenSearch does not answer.", failure);
                    }
                    return found(reply);
                });
    }

    private static Map<String, JsonNode> found(Reply reply) {
        if (reply.status() != 200) {
            throw new IndexUnavailableException("OpenSearch answered a read with status " + reply.status() + ".");
        }
        Map<String, JsonNode> found = new HashMap<>();
        for (JsonNode document : BlockingRequests.parse(reply.body()).path("docs")) {
            if (document.has("error")) {
                throw new IndexUnavailableException("OpenSearch could not read: "
                        + document.path("error").path("type").asText());
            }
            if (document.path("found").asBoolean()) {
                found.put(document.path("_id").asText(), document.path("_source"));
            }
        }
        return found;
    }

    private static StoredDocument assemble(
            DocumentKey key, JsonNode source, List<Passage> manifest, Map<String, JsonNode> texts) {
        StringBuilder text = new StringBuilder();
        List<String> missing = new ArrayList<>();
        for (Passage passage : manifest) {
            JsonNode chunk = texts.get(passage.chunkId());
            if (chunk == null) {
                missing.add(passage.chunkId());
            } else {
                text.append(chunk.path("text").asText());
            }
        }
        DocumentFields fields =
                StoredSource.fields(source, source.path("metadata").toString());
        return new StoredDocument(
                key,
                new ChangeOrder(
                        source.path("epoch").asLong(), source.path("version").asLong()),
                fields,
                Instant.parse(source.path("event_time").asText()),
                manifest,
                text.toString(),
                missing);
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
