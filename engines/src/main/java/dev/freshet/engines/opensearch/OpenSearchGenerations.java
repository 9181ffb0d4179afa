package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.index.IndexGenerations;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Generations of the two indices. What an index is, is said by its aliases alone: {@code freshet-chunks-NEXT-x} while it is
 * being built, {@code freshet-chunks} while it is searched, {@code freshet-chunks-retired} when it may be deleted. Every step
 * from one to the next is one request that fails as a whole where the index is not what it was taken for.
 */
public final class OpenSearchGenerations implements IndexGenerations {
    private static final JsonMapper JSON = new JsonMapper();

    private final BlockingRequests requests;
    private final OpenSearchIndexAdmin admin;
    private final ModelIdentity model;
    private final @Nullable TokenVectorIdentity tokenVectors;
    private final Bm25 bm25;

    /**
     * @param connection stays open when this is closed
     * @param model whose vectors the generations hold
     */
    public OpenSearchGenerations(OpenSearchConnection connection, ModelIdentity model) {
        this(connection, model, null);
    }

    /**
     * @param connection stays open when this is closed
     * @param model whose vectors the generations hold
     * @param tokenVectors that they hold too; null for none
     */
    public OpenSearchGenerations(
            OpenSearchConnection connection, ModelIdentity model, @Nullable TokenVectorIdentity tokenVectors) {
        this(connection, model, tokenVectors, Bm25.DEFAULT);
    }

    /**
     * @param connection stays open when this is closed
     * @param model whose vectors the generations hold
     * @param tokenVectors that they hold too; null for none
     * @param bm25 how they weigh words
     */
    public OpenSearchGenerations(
            OpenSearchConnection connection,
            ModelIdentity model,
            @Nullable TokenVectorIdentity tokenVectors,
            Bm25 bm25) {
        this.requests = new BlockingRequests(connection);
        this.admin = new OpenSearchIndexAdmin(connection, bm25);
        this.model = model;
        this.tokenVectors = tokenVectors;
        this.bm25 = bm25;
    }

    @Override
    public void begin(String generation) {
        admin.ensureIndices(model, tokenVectors);
        for (SearchIndex index : SearchIndex.values()) {
            retireOthers(index, generation);
            create(index, generation);
        }
    }

    private void retireOthers(SearchIndex index, String generation) {
        aliases(index)
                .forEach((name, aliases) -> aliases.stream()
                        .filter(alias -> index.isNext(alias) && !alias.equals(index.next(generation)))
                        .forEach(alias -> move(
                                "retire the index " + name,
                                actions().add(remove(name, alias)).add(add(name, index.retired())))));
    }

    private void create(SearchIndex index, String generation) {
        String name = index.of(generation);
        Reply reply = requests.send(
                "PUT", "/" + name, IndexDefinitions.of(index, index.next(generation), model, tokenVectors, bm25));
        if (!BlockingRequests.existsAlready(reply)) {
            BlockingRequests.expectAcknowledged("create the index " + name, reply);
        }
    }

    @Override
    public boolean switchTo(String generation) {
        ArrayNode actions = actions();
        for (SearchIndex index : SearchIndex.values()) {
            ArrayNode steps = steps(index, generation);
            if (steps == null) {
                return false;
            }
            actions.addAll(steps);
        }
        if (!actions.isEmpty()) {
            String both = SearchIndex.CHUNKS.of(generation) + "," + SearchIndex.DOCUMENTS.of(generation);
            BlockingRequests.expectSuccess("refresh " + both, requests.send("POST", "/" + both + "/_refresh"));
            move("switch to " + generation, actions);
        }
        return true;
    }

    /** What makes the index the searched one: nothing where it is, null where it can never be. */
    private @Nullable ArrayNode steps(SearchIndex index, String generation) {
        String name = index.of(generation);
        Map<String, Set<String>> all = aliases(index);
        Set<String> own = all.getOrDefault(name, Set.of());
        if (own.contains(index.alias())) {
            return actions();
        }
        if (!own.contains(index.next(generation))) {
            return null;
        }
        ArrayNode steps = actions().add(remove(name, index.next(generation)));
        all.forEach((other, aliases) -> {
            if (aliases.contains(index.alias())) {
                steps.add(remove(other, index.alias())).add(add(other, index.retired()));
            }
        });
        ObjectNode searched = add(name, index.alias());
        searched.withObject("/add").put("is_write_index", true);
        return steps.add(searched);
    }

    @Override
    public List<String> retired() {
        List<String> retired = new ArrayList<>();
        for (SearchIndex index : SearchIndex.values()) {
            aliases(index).forEach((name, aliases) -> {
                if (isRetired(index, aliases)) {
                    retired.add(name);
                }
            });
        }
        return retired;
    }

    @Override
    public void delete(List<String> indices) {
        for (String name : retired()) {
            if (indices.contains(name)) {
                Reply reply = requests.send("DELETE", "/" + name);
                if (reply.status() != 404) {
                    BlockingRequests.expectAcknowledged("delete the index " + name, reply);
                }
            }
        }
    }

    /** An index to which anything else points, an alias of somebody else for example, is still in use. */
    private static boolean isRetired(SearchIndex index, Set<String> aliases) {
        return aliases.equals(Set.of(index.retired()));
    }

    /** All indices of a kind, with their aliases. */
    private Map<String, Set<String>> aliases(SearchIndex index) {
        Reply reply = requests.send("GET", "/" + index.alias() + "*/_alias");
        BlockingRequests.expectSuccess("list the aliases of " + index.alias(), reply);
        Map<String, Set<String>> aliases = new TreeMap<>();
        for (var entry : BlockingRequests.parse(reply.body()).properties()) {
            Set<String> names = new TreeSet<>();
            entry.getValue().path("aliases").fieldNames().forEachRemaining(names::add);
            aliases.put(entry.getKey(), names);
        }
        return aliases;
    }

    private void move(String purpose, ArrayNode actions) {
        JsonNode body = JSON.createObjectNode().set("actions", actions);
        BlockingRequests.expectAcknowledged(purpose, requests.send("POST", "/_aliases", body));
    }

    private static ArrayNode actions() {
        return JSON.createArrayNode();
    }

    private static ObjectNode add(String index, String alias) {
        ObjectNode action = JSON.createObjectNode();
        action.putObject("add").put("index", index).put("alias", alias);
        return action;
    }

    /** Fails with all other actions of the request where the index has no such alias. */
    private static ObjectNode remove(String index, String alias) {
        ObjectNode action = JSON.createObjectNode();
        action.putObject("remove").put("index", index).put("alias", alias).put("must_exist", true);
        return action;
    }

    @Override
    public void close() {}
}
