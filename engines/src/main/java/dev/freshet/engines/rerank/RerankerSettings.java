package dev.freshet.engines.rerank;

import dev.freshet.engines.rerank.crossencoder.CrossEncoderOptions;
import dev.freshet.engines.rerank.http.HttpRerankerOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rerankers there are beside late interaction, which needs nothing. Who is asked, the ranking profile says.
 *
 * @param crossEncoder of {@code cross_encoder}; null where there is none
 * @param http of {@code http}; null where there is none
 */
public record RerankerSettings(
        @Nullable CrossEncoderOptions crossEncoder,
        @Nullable HttpRerankerOptions http) {
    /** Late interaction, and no other. */
    public static RerankerSettings standard() {
        return new RerankerSettings(null, null);
    }

    /** Everything that is wrong, in the words of the command line; empty when the rerankers can be opened. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (crossEncoder != null) {
            problems.addAll(crossEncoder.problems());
        }
        if (http != null) {
            problems.addAll(http.problems());
        }
        return problems;
    }
}
