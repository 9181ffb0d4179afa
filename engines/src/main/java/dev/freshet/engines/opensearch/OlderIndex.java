package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * An index that may be older than its definition: what its mapping can get now, and what only a rebuild brings.
 *
 * @param settings as the index has them
 * @param held the properties of its mapping
 * @param defined those of an index that is made today
 */
record OlderIndex(JsonNode settings, JsonNode held, JsonNode defined) {
    private static final String PROPERTIES = "properties";
    /** What the analyzer {@code words} is, but for its filters of characters: indices from before these have none of the name. */
    private static final String WITHOUT_FILTERS = "english";

    /**
     * @param index as {@code GET /index} describes it
     * @param definition what an index is created with today
     */
    static OlderIndex of(JsonNode index, JsonNode definition) {
        return new OlderIndex(
                index.at("/settings/index"), index.at("/mappings/properties"), definition.at("/mappings/properties"));
    }

    /** The fields that it lacks, also inside of objects, as it can take them. */
    ObjectNode missingFields() {
        return missing(held, defined);
    }

    private ObjectNode missing(JsonNode theirs, JsonNode ours) {
        ObjectNode missing = JsonNodeFactory.instance.objectNode();
        for (var field : ours.properties()) {
            String name = field.getKey();
            JsonNode inside = field.getValue().path(PROPERTIES);
            if (!theirs.has(name)) {
                missing.set(name, fitting(field.getValue()));
            } else if (!inside.isMissingNode()) {
                ObjectNode missingInside = missing(theirs.path(name).path(PROPERTIES), inside);
                if (!missingInside.isEmpty()) {
                    missing.putObject(name).set(PROPERTIES, missingInside);
                }
            }
        }
        return missing;
    }

    private ObjectNode fitting(JsonNode field) {
        ObjectNode fitting = field.deepCopy();
        // Without graphs an index keeps vectors, and refuses a field that asks for one.
        if (field.path("type").asText().equals("knn_vector")
                && !settings.path("knn").asBoolean()) {
            fitting.remove("method");
        }
        String analyzer = field.path("analyzer").asText();
        if (analyzer.equals("words") && !settings.at("/analysis/analyzer").has(analyzer)) {
            fitting.put("analyzer", WITHOUT_FILTERS);
        }
        return fitting;
    }

    /** The top-level fields that cannot be used as those of an index of today, whatever is added to the mapping. */
    Set<String> fieldsOfARebuild() {
        Set<String> fields = new TreeSet<>();
        for (var field : defined.properties()) {
            JsonNode ours = field.getValue();
            JsonNode theirs = held.path(field.getKey());
            if (!ours.has(PROPERTIES) && !ours.equals(theirs.isMissingNode() ? fitting(ours) : theirs)) {
                fields.add(field.getKey());
            }
        }
        return fields;
    }
}
