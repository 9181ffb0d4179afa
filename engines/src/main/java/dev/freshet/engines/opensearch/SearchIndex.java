package dev.freshet.engines.opensearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The two indices of Freshet: readers and writers use the alias, whatever index is behind it. */
enum SearchIndex {
    CHUNKS("freshet-chunks", "chunks.json"),
    DOCUMENTS("freshet-documents", "documents.json");

    private static final String NEXT = "-NEXT-";

    private final String alias;
    private final String definition;

    SearchIndex(String alias, String definition) {
        this.alias = alias;
        this.definition = definition;
    }

    String alias() {
        return alias;
    }

    /** The index that is created where there is none. */
    String first() {
        return alias + "-v1";
    }

    /** The index of a generation. */
    String of(String generation) {
        return alias + "-" + generation;
    }

    /**
     * The alias that takes writes for a generation that is being built. No index can have a name with capitals: a write to
     * an alias that is gone makes no index, not even a delete, which {@code require_alias} does not hold back.
     */
    String next(String generation) {
        return alias + NEXT + generation;
    }

    boolean isNext(String name) {
        return name.startsWith(alias + NEXT);
    }

    /** The alias of indices that may be deleted; nothing is written or searched through it. */
    String retired() {
        return alias + "-retired";
    }

    /** Settings and mappings as JSON. */
    byte[] definition() {
        String path = "/freshet/schemas/opensearch/" + definition;
        try (InputStream resource = SearchIndex.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalStateException("The index definition " + path + " is not on the class path.");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
