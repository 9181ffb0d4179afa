package dev.freshet.engines.llm;

import java.util.Locale;

/** One turn of a conversation with a model. */
public record ChatMessage(Role role, String content) {
    /** Whose turn it is. */
    public enum Role {
        /** What the model is told to do. */
        SYSTEM,
        /** What it is asked, or given to work on. */
        USER,
        /** What it answered before. */
        ASSISTANT;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
