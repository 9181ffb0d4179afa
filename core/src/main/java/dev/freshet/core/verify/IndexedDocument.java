package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.search.StoredDocument.Passage;
import java.util.List;

/**
 * A document as a scan of the index finds it.
 *
 * @param fence the external version under which it was written
 * @param manifest its chunks in the order of the text
 */
public record IndexedDocument(DocumentKey key, long fence, DocumentFields fields, List<Passage> manifest) {}
