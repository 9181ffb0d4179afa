/** Side-by-side measurements on real processes: the pipeline against its encoder, the query API against its index. */
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
