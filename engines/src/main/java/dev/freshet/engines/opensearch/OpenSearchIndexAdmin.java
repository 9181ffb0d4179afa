package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import dev.freshet.core.search.IndexUnavailableException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates Freshet's indices, brings older ones up to date, and refuses those that hold another model's vectors. */
public final class OpenSearchIndexAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSearchIndexAdmin.class);

    private final BlockingRequests requests;
    private final Bm25 bm25;

    public OpenSearchIndexAdmin(OpenSearchConnection connection) {
        this(connection, Bm25.DEFAULT);
    }

    /** @param bm25 of indices that are created; those that are there keep theirs */
    public OpenSearchIndexAdmin(OpenSearchConnection connection, Bm25 bm25) {
        this.requests = new BlockingRequests(connection);
        this.bm25 = bm25;
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
        // The chunks say whose vectors they are. Documents get a field for vectors of this model after that was found
        // right.
        ensure(SearchIndex.CHUNKS, model, tokenVectors);
        ensure(SearchIndex.DOCUMENTS, model, null);
    }

    /**
     * The fields of the searched indices that are not as an index of today has them, and stay so until a rebuild: searches do
     * without them, or fail.
     *
     * @param model whose vectors the index holds
     * @throws IndexUnavailableException when OpenSearch does not answer, or not now
     */
    public Set<String> fieldsOfARebuild(ModelIdentity model) {
        Set<String> fields = new TreeSet<>();
        for (SearchIndex index : SearchIndex.values()) {
            JsonNode definition = definition(index, model, null);
            for (JsonNode held : described(index.alias())) {
                fields.addAll(OlderIndex.of(held, definition).fieldsOfARebuild());
            }
        }
        return fields;
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
        addNewFields(index, definition(index, model, tokenVectors));
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

    /**
     * Fields that an index lacks which is older than they are: without them it would refuse every write that has them. So would one
     * that a rebuild has begun before the job was replaced by a newer one.
     */
    private void addNewFields(SearchIndex index, JsonNode definition) {
        for (var held : described(index.alias() + "," + index.next("*")).properties()) {
            OlderIndex older = OlderIndex.of(held.getValue(), definition);
            ObjectNode missing = older.missingFields();
            if (!missing.isEmpty()) {
                ObjectNode body = missing.objectNode();
                body.set("properties", missing);
                Reply reply = requests.send("PUT", "/" + held.getKey() + "/_mapping", body);
                // A rebuild that ends may have had its turn.
                if (reply.status() != 404) {
                    BlockingRequests.expectSuccess("add fields to the index " + held.getKey(), reply);
                }
            }
            Set<String> later = older.fieldsOfARebuild();
            if (!later.isEmpty()) {
                LOG.info(
                        "The index is older than some of its fields, which are used after a rebuild: index={} fields={}",
                        held.getKey(),
                        later);
            }
        }
    }

    private JsonNode described(String indices) {
        Reply reply = requests.send("GET", "/" + indices);
        BlockingRequests.expectSuccess("describe " + indices, reply);
        return BlockingRequests.parse(reply.body());
    }

    private ObjectNode definition(SearchIndex index, ModelIdentity model, @Nullable TokenVectorIdentity tokenVectors) {
        return IndexDefinitions.of(index, index.alias(), model, tokenVectors, bm25);
    }

    private void create(SearchIndex index, ModelIdentity model, @Nullable TokenVectorIdentity tokenVectors) {
        Reply reply = requests.send("PUT", "/" + index.first(), definition(index, model, tokenVectors));
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
