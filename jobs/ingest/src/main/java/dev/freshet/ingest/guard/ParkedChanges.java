package dev.freshet.ingest.guard;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.util.function.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/** The deletes of the current tenant that are held back, by their place in the order of arrival: read one by one, they need little memory. */
final class ParkedChanges {
    /** Of one tenant, about a hundred thousand deletes. */
    static final long MOST_BYTES = 64L << 20;

    /** Counted for every record beside its own bytes. */
    private static final long BYTES_AROUND = 512;

    private final MapState<Long, DocumentChange> changes;
    private final ValueState<ParkedSize> size;

    ParkedChanges(RuntimeContext context) {
        changes = context.getMapState(new MapStateDescriptor<>("parked", Long.class, DocumentChange.class));
        size = context.getState(new ValueStateDescriptor<>("parked-size", ParkedSize.class));
    }

    long records() throws IOException {
        return size().records();
    }

    /** False, and nothing done, where it does not fit. */
    boolean add(DocumentChange change) throws Exception {
        ParkedSize before = size();
        long bytes = before.bytes() + bytes(change.raw());
        if (bytes > MOST_BYTES) {
            return false;
        }
        changes.put(before.records(), change);
        size.update(new ParkedSize(before.records() + 1, bytes));
        return true;
    }

    /** Hands out every change in the order of arrival, and keeps none. */
    void drain(ThrowingConsumer<DocumentChange, Exception> decided) throws Exception {
        long records = records();
        for (long place = 0; place < records; place++) {
            decided.accept(Objects.requireNonNull(changes.get(place), "a parked change is in the state"));
        }
        changes.clear();
        size.clear();
    }

    private ParkedSize size() throws IOException {
        ParkedSize parked = size.value();
        return parked == null ? ParkedSize.NOTHING : parked;
    }

    private static long bytes(RawRecord raw) {
        long bytes = BYTES_AROUND + length(raw.key()) + length(raw.value());
        for (RawHeader header : raw.headers()) {
            bytes += header.name().length() + length(header.value());
        }
        return bytes;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
