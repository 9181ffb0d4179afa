package dev.freshet.engines.opensearch;

import dev.freshet.core.document.DocumentKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids in the documents index. */
final class DocumentIds {
    /** OpenSearch takes no longer ids; in bytes of UTF-8. */
    private static final int LONGEST = 512;

    private DocumentIds() {}

    /** The document's path, or its SHA-256 where the path is too long; no path of a tenant begins with a slash. */
    static String of(DocumentKey key) {
        byte[] path = key.path().getBytes(StandardCharsets.UTF_8);
        return path.length <= LONGEST ? key.path() : "/sha256/" + sha256(path);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
