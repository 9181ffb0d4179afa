/**
 * What the stages have in common that wait for others: how much may be in flight, in which order it leaves, and how it survives a
 * restart. In: keyed elements. Out: what a function makes of them, in the order of each key. State: what is in flight, by key.
 */
@NullMarked
package dev.freshet.ingest.inflight;

import org.jspecify.annotations.NullMarked;
