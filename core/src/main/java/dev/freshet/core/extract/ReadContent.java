package dev.freshet.core.extract;

import dev.freshet.core.text.CanonicalText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What reading content gave that may be text as it is. */
public sealed interface ReadContent {
    /** The text, in the form of {@link CanonicalText}. */
    record Text(String text) implements ReadContent {}

    /** The content has to go through a {@link TextExtractor}. */
    record Foreign() implements ReadContent {}

    /**
     * The content is not what it is said to be.
     *
     * @param reason a stable code
     * @param message the reason in words; never document text
     */
    record Refused(String reason, String message) implements ReadContent {}

    /**
     * Reads the bytes of a document. Text without a stated charset that is no UTF-8 is foreign: its charset has to be found.
     *
     * @param contentType as stated
     */
    static ReadContent of(byte[] content, String contentType) {
        MediaType type = MediaType.parse(contentType);
        if (type.isForeign() || isPacked(content)) {
            return new Foreign();
        }
        if (type.charset() == null) {
            String text = utf8(content);
            return text == null ? new Foreign() : new Text(CanonicalText.of(text));
        }
        if (!Charset.isSupported(legal(type.charset()))) {
            return new Refused("unsupported_charset", "the content is in a charset that is not known");
        }
        Charset charset = Charset.forName(type.charset());
        String text = decoded(content, charset);
        if (text != null) {
            return new Text(CanonicalText.of(text));
        }
        return charset.equals(StandardCharsets.UTF_8)
                ? new Refused("not_utf8", "the content is not UTF-8")
                : new Refused("wrong_charset", "the content is not in the charset that its type states");
    }

    /** Whether the content begins as files do that may pass as UTF-8, and are no text. */
    private static boolean isPacked(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 5), StandardCharsets.ISO_8859_1);
        return start.equals("%PDF-") || start.startsWith("PK\u0003\u0004");
    }

    private static String legal(String charset) {
        return charset.matches("[a-z0-9][a-z0-9+.:_-]{0,60}") ? charset : "unknown";
    }

    /** The content as text in UTF-8; null where it is none, or begins as a file does that is no text. */
    static @Nullable String utf8(byte[] content) {
        return isPacked(content) ? null : decoded(content, StandardCharsets.UTF_8);
    }

    private static @Nullable String decoded(byte[] content, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException | UnsupportedOperationException e) {
            return null;
        }
    }
}
