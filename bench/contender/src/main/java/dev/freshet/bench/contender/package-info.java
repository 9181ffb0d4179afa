/**
 * What the tools beside Freshet have in common: each runs in a process of its own, on its own class path, and does one piece of work after
 * another.
 *
 * <p>In: {@link dev.freshet.bench.contender.Request} as lines of JSON on standard input, changes of pages in a file. Out: a line on standard
 * output for each, {@link dev.freshet.bench.contender.Done} or {@link dev.freshet.bench.contender.Found}; the texts that were embedded in a
 * file. State: the tool's index, in OpenSearch.
 */
@NullMarked
package dev.freshet.bench.contender;

import org.jspecify.annotations.NullMarked;
