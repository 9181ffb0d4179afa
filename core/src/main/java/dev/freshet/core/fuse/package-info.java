/**
 * Fusion: several lists that rank the same things by scores of their own kinds become one. In: ranked lists with weights. Out: one order,
 * and every number that it came from. Pure functions, of whatever is ranked.
 */
@NullMarked
package dev.freshet.core.fuse;

import org.jspecify.annotations.NullMarked;
