package dev.freshet.engines.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/** JSON that a model writes. */
final class ModelJson {
    private static final int LONGEST = 16_384;
    private static final String FENCE = "```";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ModelJson() {}

    /** What the model wrote, where that is one JSON value and nothing else; models like to put it into a code fence. */
    static @Nullable JsonNode read(String text) {
        String json = withoutFence(text.strip());
        if (json.length() > LONGEST) {
            return null;
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String withoutFence(String text) {
        int line = text.indexOf('\n');
        boolean fenced =
                text.startsWith(FENCE) && text.endsWith(FENCE) && line > 0 && line < text.length() - FENCE.length();
        return fenced ? text.substring(line, text.length() - FENCE.length()) : text;
    }
}
