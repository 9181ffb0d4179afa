/** Vectors for new chunks, in batches across documents. In: revisions. Out: {@link dev.freshet.ingest.embed.EmbeddedRevision}, in order. State: what is in flight; in the process, not in checkpoints, vectors of texts embedded lately, and where there is a Redis, those that any process embedded. */
@NullMarked
package dev.freshet.ingest.embed;

import org.jspecify.annotations.NullMarked;
