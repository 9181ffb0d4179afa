/** The ingest command: a folder, a file of change events or a Git history goes to the documents topic, and what became of it comes back from index-changes and dead-letters. */
@NullMarked
package dev.freshet.local.ingest;

import org.jspecify.annotations.NullMarked;
