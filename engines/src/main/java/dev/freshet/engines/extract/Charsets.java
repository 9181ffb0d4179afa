package dev.freshet.engines.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.txt.Icu4jEncodingDetector;
import org.apache.tika.parser.txt.UniversalEncodingDetector;
import org.jspecify.annotations.Nullable;

/** Finds the charset of text that does not state it. */
final class Charsets {
    private static final Charset FALLBACK = Charset.forName("windows-1252");

    private Charsets() {}

    static boolean isUtf8(byte[] bytes) {
        try {
            var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    static boolean isSupported(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    /** @throws RefusedContentException when the charset is not known */
    static String supported(String charset) {
        if (isSupported(charset)) {
            return charset;
        }
        throw new RefusedContentException("unsupported_charset", "the content is in a charset that is not known");
    }

    static Charset detect(byte[] bytes) throws IOException {
        Charset marked = byMark(bytes);
        if (marked != null) {
            return marked;
        }
        if (isUtf8(bytes)) {
            return StandardCharsets.UTF_8;
        }
        try (TikaInputStream stream = TikaInputStream.get(bytes)) {
            Charset charset = new UniversalEncodingDetector().detect(stream, new Metadata());
            if (charset == null) {
                charset = new Icu4jEncodingDetector().detect(stream, new Metadata());
            }
            return charset == null || charset.equals(StandardCharsets.UTF_8) ? FALLBACK : charset;
        }
    }

    private static @Nullable Charset byMark(byte[] bytes) {
        if (bytes.length < 2) {
            return null;
        }
        int mark = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return switch (mark) {
            case 0xFEFF -> StandardCharsets.UTF_16BE;
            case 0xFFFE -> StandardCharsets.UTF_16LE;
            default -> null;
        };
    }
}
