/** The chunk command: shows how a file is cut, without a running stack. */
@NullMarked
package dev.freshet.local.chunk;

import org.jspecify.annotations.NullMarked;
