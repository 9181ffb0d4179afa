package dev.freshet.ingest.inflight;

/**
 * Of an element that waits, what must be known to let it in: the element itself lies in the state.
 *
 * @param number grows with every element of a subtask, and is about when it came, in microseconds since 1970
 * @param bytes of the element, estimated
 */
public record WaitingTicket(long number, Claim claim, long bytes) {}
