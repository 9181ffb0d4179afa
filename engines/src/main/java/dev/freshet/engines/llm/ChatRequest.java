package dev.freshet.engines.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a model is asked.
 *
 * @param messages in their order, at least one
 * @param maxTokens of the answer, above 0
 * @param temperature 0 for the answer that the model finds most likely, up to 2
 */
public record ChatRequest(List<ChatMessage> messages, int maxTokens, double temperature) {
    public ChatRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty() || maxTokens < 1 || !(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException(
                    "a request has messages, at least 1 token and a temperature from 0 to 2, but has %d, %d and %s"
                            .formatted(messages.size(), maxTokens, temperature));
        }
    }

    /** With one instruction and the data to work on. */
    static ChatRequest of(String instruction, ObjectNode data, int maxTokens, double temperature) {
        return new ChatRequest(
                List.of(
                        new ChatMessage(ChatMessage.Role.SYSTEM, instruction),
                        new ChatMessage(ChatMessage.Role.USER, data.toString())),
                maxTokens,
                temperature);
    }
}
