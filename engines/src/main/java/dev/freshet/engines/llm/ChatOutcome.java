package dev.freshet.engines.llm;

import java.util.Locale;

/** What became of a {@link ChatRequest}. */
public sealed interface ChatOutcome {
    /**
     * The model answered.
     *
     * @param text not blank; whatever the model wrote, so nothing in it is to be believed
     * @param promptTokens that the server counted; 0 where it did not
     * @param completionTokens that the server counted; 0 where it did not
     */
    record Answered(String text, long promptTokens, long completionTokens) implements ChatOutcome {}

    /**
     * There is no answer.
     *
     * @param reason in words, for the operator; neither messages nor the key
     */
    record Failed(Kind kind, String reason) implements ChatOutcome {}

    /** Why there is no answer. */
    enum Kind {
        /** Not within the deadline. */
        TIMEOUT,
        /** As many requests are under way as may be. */
        BUSY,
        /** The server is not there, says that it cannot now, or has failed so often that it is left alone for a while. */
        UNAVAILABLE,
        /** The server takes no such request: the key, the model or the messages are wrong. */
        REFUSED,
        /** What came is no answer. */
        INVALID;

        /** The name in metrics and responses. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
