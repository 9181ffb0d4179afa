package dev.freshet.local.dlq;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Made-up dead letters. */
final class Letters {
    static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private Letters() {}

    static DeadLetter record(String topic, long offset, RawHeader... headers) {
        return new DeadLetter(
                DeadLetter.Scope.RECORD,
                new SourcePosition(topic, 2, offset),
                "parse",
                "malformed_json",
                "not JSON",
                1,
                TIME,
                "acme",
                "a",
                bytes("acme/a"),
                bytes("{"),
                List.of(headers));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
