package dev.freshet.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.EnvelopeOutcome.Refused;
import dev.freshet.core.envelope.EnvelopeOutcome.Understood;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of the documents topic, and what the reader makes of them. */
@SuppressWarnings("NullAway") // it does not see that an array in a compiled record may be null
final class Records {
    static final long OFFSET = 42;
    static final Instant TIMESTAMP = Instant.ofEpochMilli(1_000);

    private Records() {}

    /** @param headers names and values in turn */
    static RawRecord record(@Nullable String key, @Nullable String value, String... headers) {
        List<RawHeader> list = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            list.add(new RawHeader(headers[i], bytes(headers[i + 1])));
        }
        return record(bytes(key), bytes(value), list);
    }

    static RawRecord record(byte @Nullable [] key, byte @Nullable [] value, List<RawHeader> headers) {
        return new RawRecord(new SourcePosition("documents", 0, OFFSET), TIMESTAMP.toEpochMilli(), key, value, headers);
    }

    static DocumentChange understood(RawRecord raw) {
        return read(raw).change();
    }

    static int ignoredFields(RawRecord raw) {
        return read(raw).ignoredFields();
    }

    private static Understood read(RawRecord raw) {
        EnvelopeOutcome outcome = new ChangeReader(10_000).read(raw);
        assertThat(outcome).isInstanceOf(Understood.class);
        return (Understood) outcome;
    }

    static Refused refused(RawRecord raw) {
        return refused(raw, 10_000);
    }

    static Refused refused(RawRecord raw, int largestRecord) {
        EnvelopeOutcome outcome = new ChangeReader(largestRecord).read(raw);
        assertThat(outcome).isInstanceOf(Refused.class);
        return (Refused) outcome;
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
