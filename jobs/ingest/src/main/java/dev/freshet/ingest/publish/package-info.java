/** Receipts, dead letters and watermarks to their topics, at least once. */
@NullMarked
package dev.freshet.ingest.publish;

import org.jspecify.annotations.NullMarked;
