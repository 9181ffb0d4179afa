package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** In what the model of an index and the model of a process differ, in words. */
final class ModelDifferences {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int SHOWN = 64;
    /** What an index of an earlier release does not say of its model. */
    private static final Map<String, JsonNode> UNSAID =
            Map.of("revision", NODES.textNode(""), "normalisation", NODES.textNode(ModelIdentity.UNIT_LENGTH));

    private ModelDifferences() {}

    /**
     * Every field that differs, with both values; empty when vectors of both may meet.
     *
     * @param held what the index says of its model
     * @param ours the same of this process's model
     */
    static List<String> between(JsonNode held, ObjectNode ours) {
        List<String> differences = new ArrayList<>();
        if (!held.isObject()) {
            differences.add("the index does not say which");
            return differences;
        }
        for (var field : ours.properties()) {
            String name = field.getKey();
            JsonNode value = held.has(name) ? held.get(name) : UNSAID.getOrDefault(name, NODES.missingNode());
            if (!value.equals(field.getValue())) {
                differences.add("its %s is %s, but this one's is %s"
                        .formatted(name.replace('_', ' '), shown(value), shown(field.getValue())));
            }
        }
        held.fieldNames().forEachRemaining(name -> {
            if (!ours.has(name)) {
                differences.add("its %s is not known to this release".formatted(name.replace('_', ' ')));
            }
        });
        return differences;
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
