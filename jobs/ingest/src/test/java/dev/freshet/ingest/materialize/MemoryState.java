package dev.freshet.ingest.materialize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;

/** What is kept of one document, which says what was read of it. */
final class MemoryState {
    @Nullable
    StoredDocument document;

    final Map<String, StoredChunk> chunks = new HashMap<>();
    final List<String> read = new ArrayList<>();

    Materializer materializer(long attempt) {
        return new Materializer(new Document(), new Chunks(), attempt);
    }

    /** As state was before vectors were summed. */
    void forgetSum() {
        StoredDocument stored = Objects.requireNonNull(document);
        document = new StoredDocument(
                stored.epoch(),
                stored.version(),
                stored.eventTime(),
                stored.fields(),
                stored.manifest(),
                stored.fieldsChangedAt(),
                stored.origin(),
                stored.attempt(),
                null);
    }

    private final class Document implements ValueState<StoredDocument> {
        @Override
        public @Nullable StoredDocument value() {
            return document;
        }

        @Override
        public void update(@Nullable StoredDocument value) {
            document = value;
        }

        @Override
        public void clear() {
            document = null;
        }
    }

    private final class Chunks implements MapState<String, StoredChunk> {
        @Override
        public @Nullable StoredChunk get(String key) {
            read.add(key);
            return chunks.get(key);
        }

        @Override
        public void put(String key, StoredChunk value) {
            chunks.put(key, value);
        }

        @Override
        public void putAll(Map<String, StoredChunk> map) {
            chunks.putAll(map);
        }

        @Override
        public void remove(String key) {
            chunks.remove(key);
        }

        @Override
        public boolean contains(String key) {
            return chunks.containsKey(key);
        }

        @Override
        public Iterable<Map.Entry<String, StoredChunk>> entries() {
            return chunks.entrySet();
        }

        @Override
        public Iterable<String> keys() {
            return chunks.keySet();
        }

        @Override
        public Iterable<StoredChunk> values() {
            return chunks.values();
        }

        @Override
        public Iterator<Map.Entry<String, StoredChunk>> iterator() {
            return chunks.entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return chunks.isEmpty();
        }

        @Override
        public void clear() {
            chunks.clear();
        }
    }
}
