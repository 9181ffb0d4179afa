/** Compares the index with the fold of the log, and repairs what the job's state can repair. */
@NullMarked
package dev.freshet.local.verify;

import org.jspecify.annotations.NullMarked;
