package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import java.util.List;

/**
 * A chunk as a scan of the index finds it, without its vector.
 *
 * @param id under which the index holds it
 * @param document to which it says it belongs
 * @param fence the external version under which it was written
 */
public record IndexedChunk(
        String id, DocumentKey document, long fence, DocumentFields fields, List<String> headingPath, String text) {}
