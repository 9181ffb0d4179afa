package dev.freshet.core.index;

import java.util.List;

/**
 * Whole new indices, built beside the ones that are searched until they take their place. A generation is being built, then
 * searched, then retired, then deleted, or is retired without ever having been searched; it never goes back.
 *
 * <p>Every method may be called again with the same arguments, and throws
 * {@link dev.freshet.core.search.IndexUnavailableException} when that may help. Calls block until the engine has answered.
 */
public interface IndexGenerations extends AutoCloseable {
    /**
     * Begins a generation: from now on it takes writes. Any other one that is being built is retired. Indices to be searched
     * are created where there are none.
     *
     * @param generation a new name, of a-z, 0-9 and {@code -}
     */
    void begin(String generation);

    /**
     * Lets the generation take the place of the indices that are searched, which are retired; no search sees less than one
     * of the two as a whole, and from now on the generation takes the writes for what is searched.
     *
     * @return false when it cannot be: its indices are lost or were retired
     */
    boolean switchTo(String generation);

    /** The indices that nobody writes to and no new search reaches. */
    List<String> retired();

    /** Deletes those of the named indices that are retired; whatever else is named stays. */
    void delete(List<String> indices);

    @Override
    void close();
}
