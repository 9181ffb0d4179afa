/** Tests of the benchmarks' arithmetic. */
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
