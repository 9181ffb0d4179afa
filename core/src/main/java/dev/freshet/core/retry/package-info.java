/** How long to wait before something is tried again. */
@NullMarked
package dev.freshet.core.retry;

import org.jspecify.annotations.NullMarked;
