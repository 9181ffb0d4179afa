package dev.freshet.core.extract;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A content type without its parameters but for the charset.
 *
 * @param name in lower case; empty where none was stated
 * @param charset in lower case; null where none was stated
 */
public record MediaType(String name, @Nullable String charset) {
    public static final String MARKDOWN = "text/markdown";
    public static final String PLAIN = "text/plain";
    public static final String HTML = "text/html";
    public static final String EMAIL = "message/rfc822";
    public static final String PDF = "application/pdf";
    public static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public static final String SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    public static final String SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static final String PNG = "image/png";
    public static final String JPEG = "image/jpeg";
    public static final String TIFF = "image/tiff";

    /** Says nothing: the bytes themselves have to tell. */
    public static final String UNKNOWN = "application/octet-stream";

    private static final Set<String> WRITTEN_AS_TEXT = Set.of(HTML, "application/xhtml+xml", EMAIL);
    private static final Set<String> PACKED = Set.of(PDF, WORD, SLIDES, SHEETS, UNKNOWN);
    private static final Set<String> IMAGES = Set.of(PNG, JPEG, TIFF);

    public static MediaType parse(@Nullable String contentType) {
        String[] parts = contentType == null
                ? new String[] {""}
                : contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String charset = null;
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.startsWith("charset=")) {
                charset = parameter.substring("charset=".length()).replace("\"", "");
            }
        }
        return new MediaType(parts[0].strip(), charset);
    }

    /** Whether it is JSON; so is what states no type. */
    public boolean isJson() {
        return name.isEmpty() || name.equals("application/json") || name.equals("text/json") || name.endsWith("+json");
    }

    public boolean isUtf8() {
        return charset == null || charset.equals("utf-8") || charset.equals("us-ascii");
    }

    public boolean isMarkdown() {
        return name.equals(MARKDOWN) || name.equals("text/x-markdown");
    }

    /** Whether a string of this type is markup around the text that people read. */
    public boolean isMarkup() {
        return WRITTEN_AS_TEXT.contains(name);
    }

    /** Whether it is an image that may show text. */
    public boolean isImage() {
        return IMAGES.contains(name);
    }

    /** Whether bytes of this type are no text as they are. */
    public boolean isForeign() {
        return isMarkup() || isPacked();
    }

    /** Whether content of this type is bytes that no string holds. */
    public boolean isPacked() {
        return PACKED.contains(name) || isImage();
    }
}
