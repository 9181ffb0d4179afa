package dev.freshet.core.chunk;

import java.util.List;

/** Cuts a text into chunks. Deterministic, and safe for concurrent use. */
public interface Chunker {
    /** Names the strategy and its parameters: two chunkers of equal identity cut every text alike. */
    String identity();

    /**
     * Cuts a text.
     *
     * @param contentType such as {@code text/markdown}; decides how structure is read
     * @param text in the form of {@link dev.freshet.core.text.CanonicalText}
     * @return chunks that, put together, are the text; empty for a text of white space only
     */
    List<TextChunk> chunk(String contentType, String text);
}
