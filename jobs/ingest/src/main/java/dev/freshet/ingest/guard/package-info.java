/**
 * Resolves deletes by filter and holds mass deletes back. Keyed by tenant. In: {@link dev.freshet.ingest.guard.GuardEvent} of every change, commands. Out: deletes. Side
 * outputs: receipts of deletes by filter, positions of parked records, dead letters of discarded ones. State: which documents live with which
 * facets, tombstones, filters that wait for late documents, how many documents lived when, parked records.
 */
@NullMarked
package dev.freshet.ingest.guard;

import org.jspecify.annotations.NullMarked;
