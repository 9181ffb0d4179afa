package dev.freshet.core.document;

import org.jspecify.annotations.Nullable;

/**
 * Where the text of a change lies, when it is not in the record.
 *
 * @param uri {@code file:}, {@code https:} or {@code s3:}
 * @param sha256 of the bytes, in lower-case hex; null when the producer named none
 */
public record ContentReference(String uri, @Nullable String sha256) {}
