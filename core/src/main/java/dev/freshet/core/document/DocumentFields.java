package dev.freshet.core.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a document beside its text; a change of these fields alone needs no embedding, except the
 * title, which is part of every embedded text.
 *
 * @param metadata a JSON object in canonical form: keys sorted, no white space
 * @param acl the principals that may see the document, sorted; {@link #EVERYONE} alone when the producer named none
 * @param language of the text, as an ISO 639 code, found when the text was accepted; null before, and where it is not certain
 */
public record DocumentFields(
        @Nullable String title,
        @Nullable String uri,
        String contentType,
        String metadata,
        List<String> acl,
        @Nullable String language) {
    /** The principal that every caller of the tenant has. */
    public static final String EVERYONE = "*";

    public DocumentFields {
        contentType = contentType == null ? "text/plain" : contentType;
        metadata = metadata == null ? "{}" : metadata;
        acl = acl == null || acl.isEmpty() ? List.of(EVERYONE) : acl;
    }

    /** Fields of a document whose language is not known yet. */
    public DocumentFields(
            @Nullable String title, @Nullable String uri, String contentType, String metadata, List<String> acl) {
        this(title, uri, contentType, metadata, acl, null);
    }

    /** These fields after a patch. */
    public DocumentFields with(FieldsPatch patch) {
        return new DocumentFields(
                title,
                uri,
                contentType,
                patch.metadata() == null ? metadata : patch.metadata(),
                patch.acl() == null ? acl : patch.acl(),
                language);
    }

    public DocumentFields withLanguage(@Nullable String found) {
        return new DocumentFields(title, uri, contentType, metadata, acl, found);
    }

    /** These fields with the title that the document states itself, where the producer named none. */
    public DocumentFields withTitleIfNone(@Nullable String stated) {
        return title != null || stated == null
                ? this
                : new DocumentFields(stated, uri, contentType, metadata, acl, language);
    }

    /** These fields for a text of another type. */
    public DocumentFields withContentType(String ofText) {
        return new DocumentFields(title, uri, ofText, metadata, acl, language);
    }
}
