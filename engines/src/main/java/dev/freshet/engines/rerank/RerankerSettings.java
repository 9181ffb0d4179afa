package dev.freshet.engines.rerank;

import dev.freshet.core.rerank.LateInteractionReranker;
import dev.freshet.engines.rerank.crossencoder.CrossEncoderOptions;
import dev.freshet.engines.rerank.crossencoder.CrossEncoderReranker;
import dev.freshet.engines.rerank.http.HttpReranker;
import dev.freshet.engines.rerank.http.HttpRerankerOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rerankers there are, and what they need.
 *
 * @param name of the one that is asked where nothing else is said, or {@link #NONE}; one of {@link #names()}
 * @param crossEncoder of {@link CrossEncoderReranker}; null where there is none
 * @param http of {@link HttpReranker}; null where there is none
 */
public record RerankerSettings(
        String name,
        @Nullable CrossEncoderOptions crossEncoder,
        @Nullable HttpRerankerOptions http) {
    /** Nothing is reranked. */
    public static final String NONE = "none";

    /** Late interaction, which needs nothing, and no other. */
    public static RerankerSettings standard() {
        return new RerankerSettings(LateInteractionReranker.NAME, null, null);
    }

    /** The names that there are, whether or not what they need is set. */
    public static List<String> names() {
        return List.of(NONE, LateInteractionReranker.NAME, CrossEncoderReranker.NAME, HttpReranker.NAME);
    }

    /** Everything that is wrong, in the words of the command line; empty when the rerankers can be opened. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!names().contains(name)) {
            problems.add("--reranker must be one of %s, but is %s".formatted(String.join(", ", names()), name));
        }
        if (name.equals(CrossEncoderReranker.NAME) && crossEncoder == null) {
            problems.add("--reranker cross_encoder needs --reranker-model-path or --reranker-model-url");
        }
        if (name.equals(HttpReranker.NAME) && http == null) {
            problems.add("--reranker http needs --reranker-url and --reranker-shape");
        }
        if (crossEncoder != null) {
            problems.addAll(crossEncoder.problems());
        }
        if (http != null) {
            problems.addAll(http.problems());
        }
        return problems;
    }
}
