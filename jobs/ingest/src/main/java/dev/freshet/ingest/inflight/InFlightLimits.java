package dev.freshet.ingest.inflight;

import java.io.Serializable;

/**
 * Bounds of what an asynchronous stage has in flight.
 *
 * @param elements most elements of one subtask
 * @param bytes most bytes of all subtasks of the stage in one process, estimated; a larger element goes alone
 */
public record InFlightLimits(int elements, long bytes) implements Serializable {}
