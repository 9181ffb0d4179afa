package dev.freshet.core.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads ranking profiles. A document states what differs from the default; the rest is as there. */
public final class RankingProfiles {
    private static final String DEFAULT = "/freshet/ranking/default.json";
    private static final int LARGEST = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectNode DEFAULTS = defaults();

    private RankingProfiles() {}

    /** The profile that is used where there is no other. */
    public static RankingProfile standard() {
        try {
            return JSON.treeToValue(DEFAULTS, RankingProfile.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the default ranking profile cannot be read", e);
        }
    }

    /**
     * Reads a profile.
     *
     * @throws InvalidProfileException with everything that is wrong with it
     */
    public static RankingProfile read(byte[] json) throws InvalidProfileException {
        ObjectNode stated = parse(json);
        List<String> problems = new ArrayList<>(ProfileShape.problems(stated, DEFAULTS));
        if (!stated.hasNonNull("name") || !stated.hasNonNull("version")) {
            problems.add("/name, /version: must be stated: answers name the profile that ranked them");
        }
        if (!problems.isEmpty()) {
            throw new InvalidProfileException(problems);
        }
        try {
            RankingProfile profile = JSON.treeToValue(merged(DEFAULTS, stated), RankingProfile.class);
            problems.addAll(profile.problems());
            if (problems.isEmpty()) {
                return profile;
            }
        } catch (JsonProcessingException e) {
            problems.add("a value cannot be used: " + e.getOriginalMessage());
        }
        throw new InvalidProfileException(problems);
    }

    /** The whole profile as JSON. */
    public static String json(RankingProfile profile) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(profile);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers can be written as JSON", e);
        }
    }

    private static ObjectNode parse(byte[] json) throws InvalidProfileException {
        if (json.length > LARGEST) {
            throw new InvalidProfileException(List.of("a ranking profile has at most 1 MB"));
        }
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
            throw new InvalidProfileException(List.of("a ranking profile is a JSON object"));
        } catch (JsonProcessingException e) {
            throw new InvalidProfileException(List.of("it is not JSON: " + e.getOriginalMessage() + ", line "
                    + (e.getLocation() == null
                            ? "unknown"
                            : Integer.toString(e.getLocation().getLineNr()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode merged(ObjectNode defaults, ObjectNode stated) {
        ObjectNode merged = defaults.deepCopy();
        for (var field : stated.properties()) {
            JsonNode before = merged.get(field.getKey());
            boolean inside = before instanceof ObjectNode && field.getValue() instanceof ObjectNode;
            merged.set(
                    field.getKey(),
                    inside ? merged((ObjectNode) before, (ObjectNode) field.getValue()) : field.getValue());
        }
        return merged;
    }

    private static ObjectNode defaults() {
        try (InputStream resource = RankingProfiles.class.getResourceAsStream(DEFAULT)) {
            if (resource == null) {
                throw new IllegalStateException(DEFAULT + " is not on the class path");
            }
            return (ObjectNode) JSON.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
