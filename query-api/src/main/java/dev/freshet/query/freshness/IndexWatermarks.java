package dev.freshet.query.freshness;

/** The port to the watermarks of the index. Safe for concurrent use; never blocks. */
@FunctionalInterface
public interface IndexWatermarks {
    /** The newest watermarks that are known. */
    KnownWatermarks known();
}
