/**
 * What the tools beside Freshet have in common: each runs in a process of its own, on its own class path, and does one piece of work after
 * another.
 *
 * <p>In: {@link dev.freshet.bench.contender.Work} as lines of JSON on standard input, the changes themselves in a file. Out: {@link
 * dev.freshet.bench.contender.Done} as lines on standard output, the texts that were embedded in a file. State: the tool's
 * index, in OpenSearch.
 */
@NullMarked
package dev.freshet.bench.contender;

import org.jspecify.annotations.NullMarked;
