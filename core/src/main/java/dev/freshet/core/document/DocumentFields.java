package dev.freshet.core.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a document beside its text; a change of these fields alone needs no embedding, except the
 * title, which is part of every embedded text.
 *
 * @param metadata a JSON object in canonical form: keys sorted, no white space
 * @param acl the principals that may see the document, sorted; {@link #EVERYONE} alone when the producer named none
 */
public record DocumentFields(
        @Nullable String title, @Nullable String uri, String contentType, String metadata, List<String> acl) {
    /** The principal that every caller of the tenant has. */
    public static final String EVERYONE = "*";

    public DocumentFields {
        contentType = contentType == null ? "text/plain" : contentType;
        metadata = metadata == null ? "{}" : metadata;
        acl = acl == null || acl.isEmpty() ? List.of(EVERYONE) : acl;
    }

    /** These fields after a patch. */
    public DocumentFields with(FieldsPatch patch) {
        return new DocumentFields(
                title,
                uri,
                contentType,
                patch.metadata() == null ? metadata : patch.metadata(),
                patch.acl() == null ? acl : patch.acl());
    }
}
