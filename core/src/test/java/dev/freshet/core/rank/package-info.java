/** The contract of the search ports, and the laws of fusion. */
@NullMarked
package dev.freshet.core.rank;

import org.jspecify.annotations.NullMarked;
