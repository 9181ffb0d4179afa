package dev.freshet.core.rerank;

import dev.freshet.core.lateinteraction.QueryTokens;
import org.jspecify.annotations.Nullable;

/**
 * The query that passages are scored against.
 *
 * @param tokens null where the embedder does not tell the vectors of tokens, or did not answer
 */
public record RerankQuery(String text, @Nullable QueryTokens tokens) {}
