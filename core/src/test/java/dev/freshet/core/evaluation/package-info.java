/** Measures against values worked out by hand. */
@NullMarked
package dev.freshet.core.evaluation;

import org.jspecify.annotations.NullMarked;
