package dev.freshet.core.search;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads whole documents from the search index. Safe for concurrent use. */
public interface DocumentReader {
    /**
     * Reads a document as it is now, written but not yet searchable changes included.
     *
     * @return empty where there is no such document, or the caller may not see it; fails with {@link
     *     IndexUnavailableException} when the index does not answer
     */
    CompletableFuture<Optional<StoredDocument>> read(Visibility visibility, String documentId);
}
