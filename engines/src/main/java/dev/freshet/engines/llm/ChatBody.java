package dev.freshet.engines.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** A request as servers take it. */
final class ChatBody {
    private static final JsonMapper JSON = new JsonMapper();

    private ChatBody() {}

    static byte[] of(String model, ChatRequest request) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        ArrayNode messages = body.putArray("messages");
        for (ChatMessage message : request.messages()) {
            messages.addObject().put("role", message.role().label()).put("content", message.content());
        }
        body.put("max_tokens", request.maxTokens())
                .put("temperature", request.temperature())
                .put("stream", false);
        try {
            // Not straight to bytes: that refuses unpaired surrogates, which become question marks here.
            return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An object of strings can be written as JSON", e);
        }
    }
}
