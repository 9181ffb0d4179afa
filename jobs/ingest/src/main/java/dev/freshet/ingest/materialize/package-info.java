/** Joins a revision and its vectors into whole index documents. Keyed by document. Out: {@link dev.freshet.ingest.materialize.IndexUpdate}. Side output: dead letters of chunks without vector. State: fields, manifest and all chunks with their vectors. */
@NullMarked
package dev.freshet.ingest.materialize;

import org.jspecify.annotations.NullMarked;
