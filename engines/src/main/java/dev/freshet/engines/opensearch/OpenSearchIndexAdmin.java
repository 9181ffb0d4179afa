package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.search.IndexUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;

/** Creates Freshet's indices, and refuses those that hold another model's vectors. */
public final class OpenSearchIndexAdmin {
    private static final JsonMapper JSON = new JsonMapper();

    private final OpenSearchConnection connection;

    public OpenSearchIndexAdmin(OpenSearchConnection connection) {
        this.connection = connection;
    }

    /**
     * Makes sure that both indices and their aliases are there. Any number of processes may call it at the same time.
     *
     * @param model whose vectors the index holds from now on
     * @throws IncompatibleIndexException when an index has vectors of another model
     * @throws IndexUnavailableException when OpenSearch does not answer, or not now
     */
    public void ensureIndices(ModelIdentity model) {
        ensure(SearchIndex.DOCUMENTS, model);
        ensure(SearchIndex.CHUNKS, model);
    }

    /** Makes everything that was acknowledged searchable now; for tests and tools, not for every write. */
    public void refresh() {
        expectSuccess("refresh", call("POST", "/" + SearchIndex.CHUNKS.alias() + "/_refresh"));
        expectSuccess("refresh", call("POST", "/" + SearchIndex.DOCUMENTS.alias() + "/_refresh"));
    }

    /** Whether both aliases answer searches. */
    public boolean ready() {
        String both = SearchIndex.CHUNKS.alias() + "," + SearchIndex.DOCUMENTS.alias();
        try {
            return call("GET", "/" + both + "/_count").status() == 200;
        } catch (IndexUnavailableException e) {
            return false;
        }
    }

    private void ensure(SearchIndex index, ModelIdentity model) {
        Reply found = call("GET", "/" + index.alias() + "/_mapping");
        if (found.status() == 404) {
            create(index, model);
            found = call("GET", "/" + index.alias() + "/_mapping");
        }
        expectSuccess("read the mapping of " + index.alias(), found);
        if (index == SearchIndex.CHUNKS) {
            checkModel(read(found), model);
        }
    }

    private void create(SearchIndex index, ModelIdentity model) {
        ObjectNode definition = (ObjectNode) parse(index.definition());
        // In one request, so that nobody sees the index without its alias.
        definition.putObject("aliases").putObject(index.alias()).put("is_write_index", true);
        if (index == SearchIndex.CHUNKS) {
            describe(definition.withObject("/mappings/_meta/embedder"), model);
            requireDimension(definition, model);
        }
        Reply reply = sendJson("PUT", "/" + index.index(), definition);
        if (reply.status() == 400 && "resource_already_exists_exception".equals(errorType(reply))) {
            addAlias(index);
            return;
        }
        expectSuccess("create the index " + index.index(), reply);
    }

    /** Another process was faster, or somebody took the alias away from the index. */
    private void addAlias(SearchIndex index) {
        Reply reply = call("PUT", "/" + index.index() + "/_alias/" + index.alias());
        expectSuccess("add the alias " + index.alias() + " to " + index.index(), reply);
    }

    private static void requireDimension(JsonNode definition, ModelIdentity model) {
        int dimension = definition.at("/mappings/properties/vector/dimension").asInt();
        if (dimension != model.dimension()) {
            throw new IncompatibleIndexException(
                    "The index is defined for vectors of %d floats, but the model %s makes %d. Use a model of %d dimensions."
                            .formatted(dimension, model.name(), model.dimension(), dimension));
        }
    }

    private static void checkModel(JsonNode mappings, ModelIdentity model) {
        for (var index : mappings.properties()) {
            JsonNode held = index.getValue().at("/mappings/_meta/embedder");
            ObjectNode ours = JSON.createObjectNode();
            describe(ours, model);
            if (!held.equals(ours)) {
                throw new IncompatibleIndexException(
                        "The index %s holds vectors of the model %s, but this process embeds with %s: their vectors must not meet. Start it with the index's model, or build a new index."
                                .formatted(index.getKey(), nameOf(held), nameOf(ours)));
            }
        }
    }

    private static String nameOf(JsonNode embedder) {
        if (embedder.isMissingNode()) {
            return "(unknown)";
        }
        String checksum = embedder.path("checksum").asText();
        return embedder.path("name").asText() + " (" + checksum.substring(0, Math.min(12, checksum.length())) + ")";
    }

    private static void describe(ObjectNode embedder, ModelIdentity model) {
        embedder.put("name", model.name())
                .put("checksum", model.checksum())
                .put("pooling", model.pooling())
                .put("query_prefix", model.queryPrefix())
                .put("passage_prefix", model.passagePrefix())
                .put("dimension", model.dimension())
                .put("max_tokens", model.maxTokens());
    }

    private Reply call(String method, String path) {
        try {
            return connection.send(method, path).join();
        } catch (CompletionException e) {
            throw unavailable(e);
        }
    }

    private Reply sendJson(String method, String path, JsonNode body) {
        try {
            return connection
                    .sendJson(method, path, JSON.writeValueAsBytes(body))
                    .join();
        } catch (CompletionException e) {
            throw unavailable(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IndexUnavailableException unavailable(CompletionException e) {
        Throwable cause = AsyncFailure.cause(e);
        return new IndexUnavailableException("OpenSearch does not answer: " + cause.getMessage(), cause);
    }

    private static void expectSuccess(String purpose, Reply reply) {
        if (reply.status() >= 300) {
            throw new IndexUnavailableException(
                    "OpenSearch did not %s: status %d, %s".formatted(purpose, reply.status(), errorType(reply)));
        }
    }

    private static String errorType(Reply reply) {
        return read(reply).at("/error/type").asText("no reason given");
    }

    private static JsonNode read(Reply reply) {
        return parse(reply.body());
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IndexUnavailableException("OpenSearch answered with something that is not JSON.", e);
        }
    }
}
