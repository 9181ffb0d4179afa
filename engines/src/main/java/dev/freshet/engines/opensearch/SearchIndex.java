package dev.freshet.engines.opensearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The two indices of Freshet: readers and writers use the alias, whatever index is behind it. */
enum SearchIndex {
    CHUNKS("freshet-chunks", "chunks.json"),
    DOCUMENTS("freshet-documents", "documents.json");

    private static final int VERSION = 1;

    private final String alias;
    private final String definition;

    SearchIndex(String alias, String definition) {
        this.alias = alias;
        this.definition = definition;
    }

    String alias() {
        return alias;
    }

    String index() {
        return alias + "-v" + VERSION;
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
