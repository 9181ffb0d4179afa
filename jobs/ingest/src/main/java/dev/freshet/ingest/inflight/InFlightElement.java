package dev.freshet.ingest.inflight;

import org.jspecify.annotations.Nullable;

/** One that has begun and has not ended. */
final class InFlightElement<I, R> {
    private final Object key;
    private final I value;
    private final Claim claim;
    private final InFlightBytes.@Nullable Held bytes;
    private final BehindAll.Group group;
    private @Nullable R result;

    /** @param bytes null for an element that ends as soon as it begins */
    InFlightElement(Object key, I value, Claim claim, InFlightBytes.@Nullable Held bytes, BehindAll.Group group) {
        this.key = key;
        this.value = value;
        this.claim = claim;
        this.bytes = bytes;
        this.group = group;
    }

    Object key() {
        return key;
    }

    I value() {
        return value;
    }

    Claim claim() {
        return claim;
    }

    BehindAll.Group group() {
        return group;
    }

    /** Null while the work goes on. */
    @Nullable
    R result() {
        return result;
    }

    void done(R made) {
        result = made;
    }

    void giveBackBytes() {
        if (bytes != null) {
            bytes.giveBack();
        }
    }
}
