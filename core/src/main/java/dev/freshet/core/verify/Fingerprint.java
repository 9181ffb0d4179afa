package dev.freshet.core.verify;

import dev.freshet.core.text.ContentHash;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** 64 bits that stand for a text: enough to tell two texts apart, and small enough to keep one for every chunk. */
final class Fingerprint {
    private Fingerprint() {}

    static long of(@Nullable String text) {
        return of(ContentHash.begin().add(text));
    }

    static long of(List<String> texts) {
        return of(ContentHash.begin().add(texts, texts.size()));
    }

    static long of(ContentHash hash) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(hash.end())).getLong();
    }
}
