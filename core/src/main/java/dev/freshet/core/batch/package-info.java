/** Many small asynchronous requests gathered into few large ones. */
@NullMarked
package dev.freshet.core.batch;

import org.jspecify.annotations.NullMarked;
