package dev.freshet.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The published schema says what the reader takes. */
class ProfileSchemaTest {
    private static final JsonNode DOCUMENT = document();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(DOCUMENT.toString());

    @Test
    void theDefaultProfileIsAsDescribed() {
        assertThat(SCHEMA.validate(RankingProfiles.json(RankingProfiles.standard()), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theExampleIsTaken() throws Exception {
        JsonNode example = DOCUMENT.at("/examples/0");

        assertThat(SCHEMA.validate(example.toString(), InputFormat.JSON)).isEmpty();
        assertThat(RankingProfiles.read(example.toString().getBytes(StandardCharsets.UTF_8))
                        .label())
                .isEqualTo("support@3");
    }

    @Test
    void theDefaultsOfTheSchemaAreThoseOfTheDefaultProfile() throws Exception {
        JsonNode standard = new JsonMapper().readTree(RankingProfiles.json(RankingProfiles.standard()));

        for (var section : DOCUMENT.path("properties").properties()) {
            for (var field : section.getValue().path("properties").properties()) {
                JsonNode stated = field.getValue().path("default");
                if (!stated.isMissingNode()) {
                    assertThat(standard.path(section.getKey())
                                    .path(field.getKey())
                                    .asText()
                                    .toLowerCase(Locale.ROOT))
                            .as(section.getKey() + "/" + field.getKey())
                            .satisfies(
                                    text -> assertThat(sameValue(text, stated)).isTrue());
                }
            }
        }
    }

    private static boolean sameValue(String text, JsonNode stated) {
        return stated.isNumber() ? Double.parseDouble(text) == stated.doubleValue() : text.equals(stated.asText());
    }

    private static JsonNode document() {
        try (InputStream schema =
                ProfileSchemaTest.class.getResourceAsStream("/freshet/schemas/ranking-profile.schema.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(schema, "the schema is not on the class path"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
