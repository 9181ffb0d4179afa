/** Joins a revision and its vectors into whole index documents, and writes them again when a command asks for it. Keyed by document; commands are broadcast. Out: {@link dev.freshet.ingest.materialize.IndexUpdate}. Side output: dead letters of chunks without vector. State: fields, manifest and all chunks with their vectors, and the sum of these; the rebuild under way. */
@NullMarked
package dev.freshet.ingest.materialize;

import org.jspecify.annotations.NullMarked;
