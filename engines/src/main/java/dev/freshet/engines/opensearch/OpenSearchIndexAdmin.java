package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import dev.freshet.core.search.IndexUnavailableException;
import org.jspecify.annotations.Nullable;

/** Creates Freshet's indices, and refuses those that hold another model's vectors. */
public final class OpenSearchIndexAdmin {
    private final BlockingRequests requests;

    public OpenSearchIndexAdmin(OpenSearchConnection connection) {
        this.requests = new BlockingRequests(connection);
    }

    /**
     * Makes sure that both indices and their aliases are there. Any number of processes may call it at the same time.
     *
     * @param model whose vectors the index holds from now on
     * @throws IncompatibleIndexException when an index has vectors of another model
     * @throws IndexUnavailableException when OpenSearch does not answer, or not now
     */
    public void ensureIndices(ModelIdentity model) {
        ensureIndices(model, null);
    }

    /**
     * Makes sure of the same, and that the chunks can take token vectors.
     *
     * @param tokenVectors that the index holds from now on; null where nothing is to be said about them
     * @throws IncompatibleIndexException when an index has vectors of another model, or token vectors around another mean
     * @throws IndexUnavailableException when OpenSearch does not answer, or not now
     */
    public void ensureIndices(ModelIdentity model, @Nullable TokenVectorIdentity tokenVectors) {
        ensure(SearchIndex.DOCUMENTS, model, null);
        ensure(SearchIndex.CHUNKS, model, tokenVectors);
    }

    /** Makes everything that was acknowledged searchable now; for tests and tools, not for every write. */
    public void refresh() {
        BlockingRequests.expectSuccess(
                "refresh", requests.send("POST", "/" + SearchIndex.CHUNKS.alias() + "/_refresh"));
        BlockingRequests.expectSuccess(
                "refresh", requests.send("POST", "/" + SearchIndex.DOCUMENTS.alias() + "/_refresh"));
    }

    /** Whether both aliases answer searches. */
    public boolean ready() {
        String both = SearchIndex.CHUNKS.alias() + "," + SearchIndex.DOCUMENTS.alias();
        try {
            return requests.send("GET", "/" + both + "/_count").status() == 200;
        } catch (IndexUnavailableException e) {
            return false;
        }
    }

    private void ensure(SearchIndex index, ModelIdentity model, @Nullable TokenVectorIdentity tokenVectors) {
        Reply found = requests.send("GET", "/" + index.alias() + "/_mapping");
        if (found.status() == 404) {
            create(index, model, tokenVectors);
            found = requests.send("GET", "/" + index.alias() + "/_mapping");
        }
        BlockingRequests.expectSuccess("read the mapping of " + index.alias(), found);
        JsonNode mappings = BlockingRequests.parse(found.body());
        if (index == SearchIndex.CHUNKS) {
            IndexDefinitions.checkModel(mappings, model);
        }
        addNewFields(index, mappings);
        if (tokenVectors != null) {
            nameTokenVectors(mappings, tokenVectors);
        }
    }

    /** An index that has none yet says from now on which it holds. */
    private void nameTokenVectors(JsonNode mappings, TokenVectorIdentity tokenVectors) {
        IndexDefinitions.withTokenVectors(mappings, tokenVectors).forEach((name, meta) -> {
            ObjectNode body = meta.objectNode();
            body.set("_meta", meta);
            BlockingRequests.expectSuccess(
                    "name the token vectors of the index " + name,
                    requests.send("PUT", "/" + name + "/_mapping", body));
        });
    }

    /** Fields that an index lacks which is older than they are: without them it would refuse every write that has them. */
    private void addNewFields(SearchIndex index, JsonNode mappings) {
        for (var held : mappings.properties()) {
            ObjectNode missing = IndexDefinitions.missingFields(index, held.getValue());
            if (!missing.isEmpty()) {
                ObjectNode body = missing.objectNode();
                body.set("properties", missing);
                BlockingRequests.expectSuccess(
                        "add fields to the index " + held.getKey(),
                        requests.send("PUT", "/" + held.getKey() + "/_mapping", body));
            }
        }
    }

    private void create(SearchIndex index, ModelIdentity model, @Nullable TokenVectorIdentity tokenVectors) {
        Reply reply = requests.send(
                "PUT", "/" + index.first(), IndexDefinitions.of(index, index.alias(), model, tokenVectors));
        if (BlockingRequests.existsAlready(reply)) {
            addAlias(index);
            return;
        }
        BlockingRequests.expectSuccess("create the index " + index.first(), reply);
    }

    /** Another process was faster, or somebody took the alias away from the index. */
    private void addAlias(SearchIndex index) {
        Reply reply = requests.send("PUT", "/" + index.first() + "/_alias/" + index.alias());
        BlockingRequests.expectSuccess("add the alias " + index.alias() + " to " + index.first(), reply);
    }
}
