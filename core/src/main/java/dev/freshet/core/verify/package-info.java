/**
 * Whether an index equals the fold of a log, at any size. In: the changes of the log, what a scan finds in the index. Out:
 * differences in words. State: files in a folder that is given, spread by document; in memory, one part of them at a time.
 */
@NullMarked
package dev.freshet.core.verify;

import org.jspecify.annotations.NullMarked;
