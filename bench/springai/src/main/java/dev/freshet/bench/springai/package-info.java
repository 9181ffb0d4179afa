/** Spring AI's splitter, encoder in the process and OpenSearch store, as a contender of the benchmark {@code SideBySide}. */
@NullMarked
package dev.freshet.bench.springai;

import org.jspecify.annotations.NullMarked;
