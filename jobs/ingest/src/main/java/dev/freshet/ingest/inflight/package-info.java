/**
 * How much may be between the input and the output of an asynchronous stage. In: sizes of elements. Out: leave to go on.
 * State: none; what is in flight is in the state of the stage.
 */
@NullMarked
package dev.freshet.ingest.inflight;

import org.jspecify.annotations.NullMarked;
