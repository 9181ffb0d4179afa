package dev.freshet.ingest.fetch;

import dev.freshet.core.document.ContentReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether bytes are those that a reference means. */
final class Checksum {
    private Checksum() {}

    static boolean matches(ContentReference reference, byte[] bytes) {
        return reference.sha256() == null || reference.sha256().equalsIgnoreCase(sha256(bytes));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
