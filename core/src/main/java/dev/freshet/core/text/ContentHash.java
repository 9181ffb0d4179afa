package dev.freshet.core.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A hash over a sequence of texts: the first 128 bits of SHA-256, in base64url (22 characters).
 *
 * <p>Every part is preceded by its length, so that different sequences never run together into the same bytes.
 */
public final class ContentHash {
    private static final int BYTES = 16;

    private final MessageDigest digest;

    private ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static ContentHash begin() {
        return new ContentHash();
    }

    /** Adds a part; null is a part of its own, different from the empty text. */
    public ContentHash add(@Nullable String part) {
        if (part == null) {
            return addLength(-1);
        }
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        addLength(bytes.length);
        digest.update(bytes);
        return this;
    }

    /** Adds a list as its size and its parts. */
    public ContentHash add(Iterable<String> parts, int size) {
        addLength(size);
        parts.forEach(this::add);
        return this;
    }

    public String end() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }

    private ContentHash addLength(int length) {
        digest.update((byte) (length >>> 24));
        digest.update((byte) (length >>> 16));
        digest.update((byte) (length >>> 8));
        digest.update((byte) length);
        return this;
    }
}
