package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.search.IndexUnavailableException;

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
        ensure(SearchIndex.DOCUMENTS, model);
        ensure(SearchIndex.CHUNKS, model);
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

    private void ensure(SearchIndex index, ModelIdentity model) {
        Reply found = requests.send("GET", "/" + index.alias() + "/_mapping");
        if (found.status() == 404) {
            create(index, model);
            found = requests.send("GET", "/" + index.alias() + "/_mapping");
        }
        BlockingRequests.expectSuccess("read the mapping of " + index.alias(), found);
        if (index == SearchIndex.CHUNKS) {
            IndexDefinitions.checkModel(BlockingRequests.parse(found.body()), model);
        }
        addMissingFields(index, BlockingRequests.parse(found.body()));
    }

    /** An index of an older version learns the fields that came since; its documents have them when they are written again. */
    private void addMissingFields(SearchIndex index, JsonNode mappings) {
        ObjectNode missing = IndexDefinitions.missingFields(index, mappings);
        if (!missing.isEmpty()) {
            ObjectNode body = new JsonMapper().createObjectNode().set("properties", missing);
            Reply reply = requests.send("PUT", "/" + index.alias() + "/_mapping", body);
            BlockingRequests.expectSuccess("add fields to " + index.alias(), reply);
        }
    }

    private void create(SearchIndex index, ModelIdentity model) {
        Reply reply = requests.send("PUT", "/" + index.first(), IndexDefinitions.of(index, index.alias(), model));
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
