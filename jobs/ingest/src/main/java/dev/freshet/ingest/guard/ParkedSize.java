package dev.freshet.ingest.guard;

/** How much of a tenant is parked. */
public record ParkedSize(long records, long bytes) {
    static final ParkedSize NOTHING = new ParkedSize(0, 0);
}
