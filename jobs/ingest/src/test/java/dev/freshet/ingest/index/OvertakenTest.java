package dev.freshet.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.InMemoryIndex;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.oracle.IndexSnapshot;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.ingest.inflight.InFlightHarness;
import dev.freshet.ingest.materialize.Destination;
import dev.freshet.ingest.materialize.IndexUpdate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The index holds what an attempt of the job wrote that came further, before it crashed. */
class OvertakenTest {
    private static final Map<String, InMemoryIndex> INDICES = new ConcurrentHashMap<>();
    private static final DocumentFields NEW_FIELDS =
            new DocumentFields("Title", null, "text/plain", "{\"team\":\"new\"}", List.of());

    private final String name = UUID.randomUUID().toString();
    private final InMemoryIndex index = INDICES.computeIfAbsent(name, ignored -> new InMemoryIndex());

    @Test
    void aChunkThatWasRemovedTooEarlyComesBackWithTheNextUpdateThatKeepsIt() throws Exception {
        index.write(List.of(new IndexWrite.DeleteChunk("kept", 6))).join();
        try (var stage = open()) {
            stage.element(update(5, List.of("kept"), List.of(), "kept"));
            assertThat(stage.awaitOutput(1)).hasSize(1);
            assertThat(chunks()).isEmpty();

            stage.element(update(7, List.of("more"), List.of(), "kept", "more"));
            stage.awaitOutput(2);

            assertThat(chunks()).containsOnlyKeys("kept", "more");
            assertThat(chunks().values())
                    .allSatisfy(chunk -> assertThat(chunk.metadata()).isEqualTo(NEW_FIELDS.metadata()));
        }
    }

    @Test
    void aChunkThatWasLeftOverGoesWithTheNextUpdateWhoseFenceIsHigher() throws Exception {
        index.write(List.of(new IndexWrite.PutChunk(chunk("left", 10)))).join();
        try (var stage = open()) {
            stage.element(update(7, List.of(), List.of("left"), (String[]) null));
            stage.awaitOutput(1);
            assertThat(chunks()).containsOnlyKeys("left");

            stage.element(update(10, List.of(), List.of(), (String[]) null));
            stage.awaitOutput(2);

            assertThat(chunks()).isEmpty();
        }
    }

    @Test
    void aChunkThatTheDocumentLostMeanwhileIsRemoved() throws Exception {
        index.write(List.of(new IndexWrite.PutChunk(chunk("gone", 6)))).join();
        try (var stage = open()) {
            stage.element(update(5, List.of("gone"), List.of(), "gone"));
            stage.element(update(7, List.of("new"), List.of("gone"), "new"));
            stage.awaitOutput(2);

            assertThat(chunks()).containsOnlyKeys("new");
        }
    }

    /** What is written into a generation says nothing of the index that is searched. */
    @Test
    void aRebuildDoesNotMakeGoodWhatTheSearchedIndexLacks() throws Exception {
        index.write(List.of(new IndexWrite.DeleteChunk("kept", 6))).join();
        index.begin("r-1");
        try (var stage = open()) {
            stage.element(update(5, List.of("kept"), List.of(), "kept"));
            IndexUpdate again = update(5, List.of("kept"), List.of(), "kept");
            stage.element(new IndexUpdate(
                    again.receipt(),
                    true,
                    5,
                    again.puts(),
                    List.of(),
                    again.entry(),
                    new Destination(false, "r-1"),
                    null));
            stage.element(update(7, List.of(), List.of(), "kept"));
            stage.awaitOutput(3);

            assertThat(chunks()).containsOnlyKeys("kept");
        }
    }

    private Map<String, IndexSnapshot.Chunk> chunks() {
        return index.snapshot().chunks();
    }

    private InFlightHarness<IndexUpdate, IndexedChange> open() throws Exception {
        String outside = name;
        IndexStage stage = new IndexStage(
                () -> Objects.requireNonNull(INDICES.get(outside)),
                new BulkLimits(10, 1 << 20, Duration.ZERO, 1),
                Duration.ofDays(30));
        return InFlightHarness.open(stage, IndexUpdate.class, IndexUpdate::document);
    }

    /** @param manifest null for a document that is deleted */
    private static IndexUpdate update(
            long fence, List<String> puts, List<String> deletes, String @Nullable ... manifest) {
        DocumentKey key = new DocumentKey("acme", "a");
        DocumentEntry entry = manifest == null
                ? null
                : new DocumentEntry(
                        key,
                        ChangeOrder.ofFence(fence),
                        NEW_FIELDS,
                        IndexWrites.EVENT_TIME,
                        Arrays.stream(manifest)
                                .map(id -> new ChunkPlacement(id, "hash-" + id, 0, 1))
                                .toList());
        return new IndexUpdate(
                Changes.applied(Changes.upsert(key.id(), fence, "text")),
                true,
                fence,
                puts.stream().map(id -> chunk(id, fence).of(fence, NEW_FIELDS)).toList(),
                deletes,
                entry,
                Destination.SEARCHED,
                null);
    }

    private static ChunkDocument chunk(String id, long fence) {
        return new ChunkDocument(
                id,
                fence,
                "acme",
                "a",
                List.of(),
                "Text of " + id,
                3,
                ChunkMetadata.NONE,
                IndexWrites.plain(),
                IndexWrites.EVENT_TIME,
                IndexWrites.vectorAt(0));
    }
}
