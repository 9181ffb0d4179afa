/** Fences, deduplicates and chunks. Keyed by document. In: changes. Out: {@link dev.freshet.core.revision.Revision}. Side outputs: receipts of what needs no write, dead letters. State: version, hashes and chunk hashes of every document; what newer patches say of it; a tombstone after a delete, and a patch without its document, for a time. */
@NullMarked
package dev.freshet.ingest.revise;

import org.jspecify.annotations.NullMarked;
