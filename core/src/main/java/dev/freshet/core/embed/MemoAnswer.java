package dev.freshet.core.embed;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import java.util.HashMap;
import java.util.Map;

/**
 * What an {@link EmbeddingMemo} knows of texts.
 *
 * @param known the vectors by the keys of their texts
 * @param failures requests that failed, or were not answered in time
 * @param bypassed texts that were not asked for, since the memo failed lately or has too much to do
 * @param garbage values that are not what was once remembered
 */
public record MemoAnswer(Map<String, Embedded> known, int failures, int bypassed, int garbage) {
    public static final MemoAnswer NOTHING = new MemoAnswer(Map.of(), 0, 0, 0);

    public static MemoAnswer failed() {
        return new MemoAnswer(Map.of(), 1, 0, 0);
    }

    public static MemoAnswer bypassed(int texts) {
        return new MemoAnswer(Map.of(), 0, texts, 0);
    }

    /** Both answers as one. */
    public MemoAnswer plus(MemoAnswer other) {
        Map<String, Embedded> all = new HashMap<>(known);
        all.putAll(other.known);
        return new MemoAnswer(all, failures + other.failures, bypassed + other.bypassed, garbage + other.garbage);
    }
}
