/** The side output that every stage shares for what cannot go on. */
@NullMarked
package dev.freshet.ingest.deadletter;

import org.jspecify.annotations.NullMarked;
