package dev.freshet.core.embed;

import dev.freshet.core.lateinteraction.QueryTokens;
import org.jspecify.annotations.Nullable;

/**
 * What a model made of a query.
 *
 * @param vector of length 1
 * @param tokens to be compared with the token vectors of passages; null where the model does not tell them
 */
@SuppressWarnings("ArrayRecordComponent") // a vector; never compared
public record EmbeddedQuery(float[] vector, @Nullable QueryTokens tokens) {}
