/**
 * From candidates to hits: how new they are, what the second look says of them, which say the same, and where a page of them ends. In: fused
 * chunks. Out: hits in their final order, with every number that it came from. Pure.
 */
@NullMarked
package dev.freshet.core.rank;

import org.jspecify.annotations.NullMarked;
