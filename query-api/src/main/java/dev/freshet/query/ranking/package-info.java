/**
 * The active ranking profile. In: a file that may change at any time. Out: the last of its contents that was right, and {@code GET
 * /v1/ranking-profile}.
 */
@NullMarked
package dev.freshet.query.ranking;

import org.jspecify.annotations.NullMarked;
