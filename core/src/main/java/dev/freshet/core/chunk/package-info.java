/** Text to chunks: structural blocks, packed into chunks whose boundaries depend on the content around them. */
@NullMarked
package dev.freshet.core.chunk;

import org.jspecify.annotations.NullMarked;
