package dev.freshet.core.envelope;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A content type without its parameters but for the charset.
 *
 * @param name in lower case; empty where none was stated
 * @param charset in lower case; null where none was stated
 */
record MediaType(String name, @Nullable String charset) {
    static MediaType parse(@Nullable String contentType) {
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
    boolean isJson() {
        return name.isEmpty() || name.equals("application/json") || name.equals("text/json") || name.endsWith("+json");
    }

    boolean isUtf8() {
        return charset == null || charset.equals("utf-8") || charset.equals("us-ascii");
    }
}
