package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings and mappings for the vectors of one model, and whether an index holds that model's. */
final class IndexDefinitions {
    private static final JsonMapper JSON = new JsonMapper();

    private IndexDefinitions() {}

    /**
     * What to create an index with: it has the alias from its first moment, and takes vectors of the model's dimension.
     */
    static ObjectNode of(SearchIndex index, String alias, ModelIdentity model) {
        return of(index, alias, model, null, Bm25.DEFAULT);
    }

    /** The same for an index that holds token vectors too, where they are given, and weighs words in this way. */
    static ObjectNode of(
            SearchIndex index,
            String alias,
            ModelIdentity model,
            @Nullable TokenVectorIdentity tokenVectors,
            Bm25 bm25) {
        ObjectNode definition = (ObjectNode) BlockingRequests.parse(index.definition());
        definition.putObject("aliases").putObject(alias).put("is_write_index", true);
        definition
                .withObject("/settings/index/similarity/default")
                .put("k1", bm25.k1())
                .put("b", bm25.b());
        for (JsonNode field : definition.at("/mappings/properties")) {
            if (field.path("type").asText().equals("knn_vector")) {
                ((ObjectNode) field).put("dimension", model.dimension());
            }
        }
        if (index == SearchIndex.CHUNKS) {
            describe(definition.withObject("/mappings/_meta/embedder"), model);
            if (tokenVectors != null) {
                describe(definition.withObject("/mappings/_meta/token_vectors"), tokenVectors);
            }
        }
        return definition;
    }

    /**
     * Checks that all indices of a {@code _mapping} answer hold the model's vectors.
     *
     * @throws IncompatibleIndexException when one does not
     */
    static void checkModel(JsonNode mappings, ModelIdentity model) {
        for (var index : mappings.properties()) {
            JsonNode held = index.getValue().at("/mappings/_meta/embedder");
            List<String> differences = ModelDifferences.between(held, describe(JSON.createObjectNode(), model));
            if (!differences.isEmpty()) {
                throw new IncompatibleIndexException(
                        "The index %s holds vectors of another model than the one that this process embeds with, and they must not meet: %s. Start it with the index's model, or build a new index."
                                .formatted(index.getKey(), String.join("; ", differences)));
            }
        }
    }

    /**
     * What the indices of a {@code _mapping} answer must say of themselves that do not name their token vectors yet, by index.
     *
     * @throws IncompatibleIndexException when one holds bits around another mean
     */
    static Map<String, ObjectNode> withTokenVectors(JsonNode mappings, TokenVectorIdentity tokenVectors) {
        Map<String, ObjectNode> described = new TreeMap<>();
        for (var index : mappings.properties()) {
            ObjectNode meta = index.getValue().withObject("/mappings/_meta").deepCopy();
            JsonNode held = meta.path("token_vectors");
            ObjectNode ours = describe(JSON.createObjectNode(), tokenVectors);
            if (held.isMissingNode()) {
                meta.set("token_vectors", ours);
                described.put(index.getKey(), meta);
            } else if (!held.equals(ours)) {
                throw new IncompatibleIndexException(
                        "The index %s holds token vectors kept by the statistics %s, but this process keeps them by %s: they must not meet. Start it with --token-vectors off or the version that made the index, or build a new index."
                                .formatted(
                                        index.getKey(),
                                        shortened(held.path("statistics").asText()),
                                        shortened(tokenVectors.statistics())));
            }
        }
        return described;
    }

    private static ObjectNode describe(ObjectNode meta, TokenVectorIdentity tokenVectors) {
        return meta.put("statistics", tokenVectors.statistics());
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, Math.min(12, checksum.length()));
    }

    private static ObjectNode describe(ObjectNode embedder, ModelIdentity model) {
        return embedder.put("name", model.name())
                .put("revision", model.revision())
                .put("checksum", model.checksum())
                .put("pooling", model.pooling())
                .put("normalisation", model.normalisation())
                .put("query_prefix", model.queryPrefix())
                .put("passage_prefix", model.passagePrefix())
                .put("dimension", model.dimension())
                .put("max_tokens", model.maxTokens());
    }
}
