package dev.freshet.bench.contender;

/**
 * Pages that a tool is to index, answered with {@link Done}.
 *
 * @param index its index in OpenSearch
 * @param kind whether the pages are new
 * @param changes file of {@link PageChange}s, one JSON object a line
 * @param batch the most changes that are handed to the tool at once
 * @param texts file that the texts are written to that were embedded, one JSON string a line; after the clock has stopped
 */
public record Work(String index, Kind kind, String changes, int batch, String texts) implements Request {
    /** Of pages that the tool has not seen, or of any. */
    public enum Kind {
        /** The index is new, and so is every page. */
        LOAD,
        /** What the index has of a page is replaced. */
        REPLAY
    }
}
