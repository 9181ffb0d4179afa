package dev.freshet.core.search;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants otherwise than the ranking profile has it; null for what it need not be.
 *
 * @param reranker by name; {@code none} for no second look
 * @param mmr how much relevance counts beside difference, from 0 to 1; 1 for relevance alone
 * @param chunksPerDocument at most, from 1
 * @param collapse whether near-duplicates become one hit
 */
public record RankingChoices(
        @Nullable String reranker,
        @Nullable Double mmr,
        @Nullable Integer chunksPerDocument,
        @Nullable Boolean collapse) {
    /** As the ranking profile has it. */
    public static final RankingChoices NONE = new RankingChoices(null, null, null, null);
}
