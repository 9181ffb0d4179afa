package dev.freshet.core.chunk;

/**
 * Limits for chunks, in tokens.
 *
 * @param minimum no chunk is smaller, unless its document is
 * @param maximum no chunk is larger
 */
public record ChunkSize(int minimum, int maximum) {
    /** Chunks of about 150 tokens: passages that one vector can stand for and a person can read at once. */
    public static final ChunkSize DEFAULT = new ChunkSize(80, 320);

    public ChunkSize {
        if (minimum < 1 || maximum < 2 * minimum) {
            throw new IllegalArgumentException(
                    "chunk size needs 1 <= minimum and 2 * minimum <= maximum, but minimum is %d and maximum %d"
                            .formatted(minimum, maximum));
        }
    }
}
