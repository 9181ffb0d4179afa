package dev.freshet.bench.contender;

/**
 * A search of the index that was created last, answered with {@link Found}.
 *
 * @param chunks at most
 */
public record Search(Method method, String query, int chunks) implements Request {
    /** How a tool compares vectors. */
    public enum Method {
        /** With every chunk. */
        EXACT,
        /** By the graph. */
        APPROXIMATE
    }
}
