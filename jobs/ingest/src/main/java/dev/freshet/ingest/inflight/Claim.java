package dev.freshet.ingest.inflight;

import dev.freshet.core.document.Priority;

/**
 * What an element asks of the one that an asynchronous stage waits for.
 *
 * @param tenant who is charged
 * @param priority of the element
 * @param tokens about how much it asks for; 0 where the element needs nothing and can end as soon as it begins
 */
public record Claim(String tenant, Priority priority, long tokens) {
    /** Of a stage in which nobody goes first. */
    public static final Claim NONE = new Claim("", Priority.LIVE, 0);
}
