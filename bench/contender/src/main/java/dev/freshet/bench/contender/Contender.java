package dev.freshet.bench.contender;

import java.util.List;

/** A tool that keeps pages in an index of its own, used as its documentation has it. Every call returns when OpenSearch has acknowledged it. */
public interface Contender extends AutoCloseable {
    /** Makes an empty index, which further calls are about. */
    void create(String index);

    /** Cuts, embeds and stores pages of which the index has nothing; all have text. */
    void add(List<PageChange> pages);

    /** Removes all that the index has of these pages, which may be nothing. */
    void remove(List<PageChange> pages);

    /** The texts that {@link #add} embeds of this page. */
    List<String> chunks(PageChange page);

    /**
     * Embeds the query and searches the index with it.
     *
     * @param chunks at most
     * @return best first, as the tool has them
     * @throws UnsupportedOperationException when the tool knows no such method
     */
    List<Hit> search(Search.Method method, String query, int chunks);

    @Override
    void close();
}
