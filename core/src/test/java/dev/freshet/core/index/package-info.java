/** The contract of the index's ports, and a fake that keeps it in memory. */
@NullMarked
package dev.freshet.core.index;

import org.jspecify.annotations.NullMarked;
