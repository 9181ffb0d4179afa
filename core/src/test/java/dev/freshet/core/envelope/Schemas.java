package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The JSON Schemas of the topics. */
final class Schemas {
    private Schemas() {}

    /** What is wrong with a value; empty when it conforms. */
    static List<Error> violations(String schema, String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(schema), InputFormat.JSON)
                .validate(json, InputFormat.JSON);
    }

    static JsonNode json(String schema) {
        try {
            return Json.MAPPER.readTree(text(schema));
        } catch (IOException e) {
            throw new IllegalStateException(schema, e);
        }
    }

    private static String text(String schema) {
        String resource = "/freshet/schemas/" + schema + ".schema.json";
        try (InputStream file = Schemas.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }
}
