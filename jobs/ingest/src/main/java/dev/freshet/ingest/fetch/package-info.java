/**
 * Content by reference. In: changes, some of which only say where their content lies. Out: changes with their content, in order.
 * Side output: dead letters. State: what is in flight. What may be read is decided by {@link dev.freshet.ingest.fetch.AllowedContent}.
 */
@NullMarked
package dev.freshet.ingest.fetch;

import org.jspecify.annotations.NullMarked;
