package dev.freshet.engines.rerank;

import dev.freshet.core.rerank.LateInteractionReranker;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.rerank.crossencoder.CrossEncoderReranker;
import dev.freshet.engines.rerank.http.HttpReranker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens rerankers. */
public final class Rerankers {
    private Rerankers() {}

    /**
     * Opens all that the settings have options for, and late interaction, which needs none. Whoever opens them closes each.
     *
     * @return them by their names
     * @throws IllegalArgumentException when the settings have {@link RerankerSettings#problems}
     * @throws RerankerMisconfiguredException when one of them cannot be used
     */
    public static Map<String, Reranker> open(RerankerSettings settings) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Map<String, Reranker> rerankers = new LinkedHashMap<>();
        put(new LateInteractionReranker(), rerankers);
        // What is opened last takes longest, and may fail last.
        if (settings.http() != null) {
            put(HttpReranker.open(settings.http()), rerankers);
        }
        if (settings.crossEncoder() != null) {
            try {
                put(CrossEncoderReranker.open(settings.crossEncoder()), rerankers);
            } catch (RuntimeException e) {
                rerankers.values().forEach(Reranker::close);
                throw e;
            }
        }
        return Collections.unmodifiableMap(rerankers);
    }

    private static void put(Reranker reranker, Map<String, Reranker> rerankers) {
        rerankers.put(reranker.name(), reranker);
    }
}
