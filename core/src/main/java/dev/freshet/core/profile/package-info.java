/**
 * The ranking profile: all numbers that decide how legs are asked, weighted, reranked and thinned out, as one versioned JSON document. In: a
 * document that states what differs from the default. Out: a checked {@link dev.freshet.core.profile.RankingProfile}, or everything that is
 * wrong with it.
 */
@NullMarked
package dev.freshet.core.profile;

import org.jspecify.annotations.NullMarked;
