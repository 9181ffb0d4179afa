/** Who goes first where many want the same: fair queueing, and what each tenant is promised. Pure logic. */
@NullMarked
package dev.freshet.core.fair;

import org.jspecify.annotations.NullMarked;
