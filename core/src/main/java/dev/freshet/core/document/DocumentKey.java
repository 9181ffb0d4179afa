package dev.freshet.core.document;

import java.util.Objects;

/**
 * The identity of a document: an id that is unique within its tenant.
 *
 * @param tenant a name without {@code /}
 * @param id opaque to Freshet; may contain any printable character, {@code /} included
 */
public record DocumentKey(String tenant, String id) {
    public DocumentKey {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(id, "id");
    }

    /** The key of the document in Kafka and in the documents index: {@code tenant/id}. */
    public String path() {
        return tenant + "/" + id;
    }

    /** The key written as {@link #path()}; a text without {@code /} is an id of the given tenant. */
    public static DocumentKey parse(String path, String defaultTenant) {
        int slash = path.indexOf('/');
        return slash > 0
                ? new DocumentKey(path.substring(0, slash), path.substring(slash + 1))
                : new DocumentKey(defaultTenant, path);
    }
}
