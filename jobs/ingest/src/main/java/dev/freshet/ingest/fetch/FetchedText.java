package dev.freshet.ingest.fetch;

import dev.freshet.core.document.ContentReference;
import dev.freshet.core.text.CanonicalText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes text out of the bytes that a reference leads to. */
final class FetchedText {
    private FetchedText() {}

    /** The text, if the bytes are those that the reference means. */
    static String of(ContentReference reference, byte[] bytes) throws UnusableContentException {
        if (reference.sha256() != null && !reference.sha256().equalsIgnoreCase(sha256(bytes))) {
            throw new UnusableContentException(
                    "checksum_mismatch", "the content has another SHA-256 than its reference says");
        }
        try {
            return CanonicalText.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new UnusableContentException("not_utf8", "the content is not UTF-8");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
