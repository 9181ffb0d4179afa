package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.extract.FileEndings;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.extract.ReadContent;
import dev.freshet.core.text.CanonicalText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The content of an upsert: in the record as text, in the record as bytes, or where a reference points. */
final class Content {
    /** What the record itself holds. */
    sealed interface Held {}

    /** The text, in the form of {@link CanonicalText}. */
    record Text(String text) implements Held {}

    /**
     * Bytes whose text has to be extracted.
     *
     * @param contentType as stated, with what is known of the charset
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
    record Foreign(byte[] bytes, String contentType) implements Held {}

    static final String TEXT = "content";
    static final String BYTES = "content_base64";
    static final String REFERENCE = "content_ref";

    /** One of these is in every upsert. */
    static final List<String> FORMS = List.of(TEXT, BYTES, REFERENCE);

    private static final String INVALID_REFERENCE = "invalid_content_ref";
    private static final int LONGEST_URI = 4096;
    private static final Set<String> SCHEMES = Set.of("file", "https", "s3");
    private static final Pattern SHA_256 = Pattern.compile("[0-9A-Fa-f]{64}");

    private Content() {}

    /** Which of the forms the fields have. */
    static String formOf(Fields fields) throws RefusedException {
        List<String> found = FORMS.stream().filter(fields::has).toList();
        if (found.isEmpty()) {
            throw new RefusedException(
                    "missing_content", "content is missing: an upsert has one of " + String.join(", ", FORMS));
        }
        if (found.size() > 1) {
            throw new RefusedException("ambiguous_content", "an upsert has only one of " + String.join(", ", FORMS));
        }
        return found.getFirst();
    }

    /** The content of the form {@link #TEXT} or {@link #BYTES}: as it is hashed, chunked and stored, or to be extracted. */
    static Held read(Fields fields, String form, String contentType) throws RefusedException {
        String written = fields.requiredText(form);
        if (form.equals(TEXT)) {
            // A string of any other type is text, whatever it was made of.
            MediaType type = MediaType.parse(contentType);
            return type.isMarkup()
                    ? new Foreign(written.getBytes(StandardCharsets.UTF_8), type.name() + "; charset=utf-8")
                    : new Text(CanonicalText.of(written));
        }
        byte[] bytes = base64(BYTES, written);
        return switch (ReadContent.of(bytes, contentType)) {
            case ReadContent.Text(String text) -> new Text(text);
            case ReadContent.Foreign() -> new Foreign(bytes, contentType);
            case ReadContent.Refused(String reason, String message) -> throw new RefusedException(reason, message);
        };
    }

    /** The type of content that states none, by the path that leads to it, else by the document's id. */
    static String typeOf(ContentReference reference, DocumentKey key) {
        String path = reference.uri().split("[?#]", 2)[0];
        String type = FileEndings.contentType(path);
        return type == null ? typeOf(key.id()) : type;
    }

    static String typeOf(String id) {
        return Objects.requireNonNullElse(FileEndings.contentType(id), MediaType.PLAIN);
    }

    /** Decodes what an encoder would have written: padded, without white space and stray bits. */
    static byte[] base64(String field, String encoded) throws RefusedException {
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            if (Base64.getEncoder().encodeToString(bytes).equals(encoded)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, together with what a lenient decoder lets through.
        }
        throw new RefusedException("invalid_" + field, field + " is not base64");
    }

    static ContentReference reference(@Nullable JsonNode json) throws RefusedException {
        if (!(json instanceof ObjectNode object)) {
            throw new RefusedException(INVALID_REFERENCE, "content_ref must be an object with a uri");
        }
        JsonNode uri = object.path("uri");
        if (!uri.isTextual() || uri.textValue().length() > LONGEST_URI || !isFetchable(uri.textValue())) {
            throw new RefusedException(
                    INVALID_REFERENCE,
                    "uri of content_ref must be file:///path, https://host/path or s3://bucket/key, of at most %d characters"
                            .formatted(LONGEST_URI));
        }
        return new ContentReference(uri.textValue(), sha256(object.path("sha256")));
    }

    /** The fields of a reference that nobody knows. */
    static int unknownFields(@Nullable JsonNode reference) {
        if (reference == null) {
            return 0;
        }
        int known = (reference.has("uri") ? 1 : 0) + (reference.has("sha256") ? 1 : 0);
        return reference.size() - known;
    }

    private static boolean isFetchable(String text) {
        try {
            URI uri = new URI(text);
            String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
            boolean local = scheme.equals("file");
            String authority = Objects.requireNonNullElse(uri.getRawAuthority(), "");
            String path = Objects.requireNonNullElse(uri.getRawPath(), "");
            return SCHEMES.contains(scheme)
                    && local == authority.isEmpty()
                    && (path.startsWith("/") || !local)
                    && CanonicalText.encodable(text).indexOf(CanonicalText.REPLACEMENT) < 0;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static @Nullable String sha256(JsonNode json) throws RefusedException {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        if (!json.isTextual() || !SHA_256.matcher(json.textValue()).matches()) {
            throw new RefusedException(INVALID_REFERENCE, "sha256 of content_ref must have 64 hexadecimal digits");
        }
        return json.textValue().toLowerCase(Locale.ROOT);
    }
}
