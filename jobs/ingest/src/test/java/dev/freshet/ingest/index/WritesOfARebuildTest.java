package dev.freshet.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.ingest.inflight.InFlightHarness;
import dev.freshet.ingest.materialize.Destination;
import dev.freshet.ingest.materialize.IndexUpdate;
import dev.freshet.ingest.rebuild.RebuildMarker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WritesOfARebuildTest {
    private static final Map<String, HeldWriter> WRITERS = new ConcurrentHashMap<>();
    private static final RebuildMarker MARKER = new RebuildMarker("r", "r-1", 0, 1, 0, "marker-0");

    private final String name = UUID.randomUUID().toString();
    private final HeldWriter writer = new HeldWriter();

    @Test
    void aMarkerComesOutBehindEverythingThatWasWrittenBeforeIt() throws Exception {
        try (var stage = open()) {
            stage.element(update("a", new Destination(false, "r-1"), false));
            stage.element(update("b", new Destination(true, "r-1"), true));
            stage.element(marker());
            // One request at a time is under way: the concurrency grows with what succeeds.
            writer.awaitWrites(1);
            assertThat(stage.output()).isEmpty();

            writer.release();
            stage.endInput();

            List<IndexedChange> out = stage.output();
            assertThat(out).extracting(IndexedChange::marker).containsExactly(null, MARKER);
            assertThat(out.getFirst().receipt()).isNotNull();
        }
    }

    @Test
    void aWriteIsForTheIndicesOfItsDestination() throws Exception {
        try (var stage = open()) {
            writer.release();
            stage.element(update("searched", new Destination(true, null), true));
            stage.element(update("both", new Destination(true, "r-1"), true));
            stage.element(update("next", new Destination(false, "r-1"), false));
            stage.endInput();

            assertThat(writer.written)
                    .containsExactlyInAnyOrder(
                            put("searched"),
                            put("both"),
                            new IndexWrite.ForGeneration("r-1", put("both")),
                            new IndexWrite.ForGeneration("r-1", put("next")));
        }
    }

    @Test
    void aDocumentThatIsWrittenAgainIsNotReportedUnlessTheIndexRefusesIt() throws Exception {
        try (var stage = open()) {
            writer.release();
            stage.element(update("fine", new Destination(false, "r-1"), false));
            stage.element(update("refused", new Destination(false, "r-1"), false));
            stage.endInput();

            assertThat(stage.output()).singleElement().satisfies(indexed -> {
                assertThat(indexed.receipt()).isNull();
                assertThat(indexed.refused()).singleElement().satisfies(letter -> {
                    assertThat(letter.documentId()).isEqualTo("refused");
                    assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                            .contains("\"generation\":\"r-1\"");
                });
            });
        }
    }

    @Test
    void whatGoesToAGenerationThatIsSearchedByNowGoesToTheAliasesOnceMore() throws Exception {
        writer.generationIsGone = true;
        try (var stage = open()) {
            writer.release();
            stage.element(update("a", new Destination(true, "r-1"), true));
            stage.element(marker());
            stage.endInput();

            List<IndexedChange> out = stage.output();
            assertThat(out).hasSize(2);
            assertThat(out.getFirst().refused()).isEmpty();
            // The first of the two may have gone to the indices that were searched before.
            assertThat(writer.written)
                    .containsExactly(put("a"), new IndexWrite.ForGeneration("r-1", put("a")), put("a"));
        }
    }

    private static IndexWrite put(String document) {
        return new IndexWrite.PutDocument(entry(document));
    }

    private static DocumentEntry entry(String document) {
        return new DocumentEntry(
                new DocumentKey("acme", document),
                new ChangeOrder(0, 1),
                IndexWrites.plain(),
                IndexWrites.EVENT_TIME,
                List.of());
    }

    private static IndexUpdate update(String document, Destination destination, boolean reported) {
        ChangeReceipt receipt = Changes.applied(Changes.upsert(document, 1, "text"));
        return new IndexUpdate(receipt, reported, 1, List.of(), List.of(), entry(document), destination, null);
    }

    private static IndexUpdate marker() {
        return new IndexUpdate(null, false, 0, List.of(), List.of(), null, new Destination(false, "r-1"), MARKER);
    }

    private InFlightHarness<IndexUpdate, IndexedChange> open() throws Exception {
        WRITERS.put(name, writer);
        String writerName = name;
        IndexStage stage = new IndexStage(
                () -> Objects.requireNonNull(WRITERS.get(writerName)),
                new BulkLimits(1, 1 << 20, Duration.ZERO, 10),
                Duration.ofDays(30));
        return InFlightHarness.open(stage, IndexUpdate.class, IndexUpdate::document);
    }

    /** Answers nothing until it is released, and refuses a document of that name. */
    private static final class HeldWriter implements IndexWriter {
        private final ConcurrentLinkedQueue<IndexWrite> written = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private volatile boolean generationIsGone;

        @Override
        public CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> writes) {
            written.addAll(writes);
            List<WriteOutcome> outcomes = new ArrayList<>();
            writes.forEach(write -> outcomes.add(outcome(write)));
            return released.thenApply(ignored -> outcomes);
        }

        private WriteOutcome outcome(IndexWrite write) {
            if (write instanceof IndexWrite.ForGeneration && generationIsGone) {
                return new WriteOutcome.Gone();
            }
            return write.toString().contains("refused")
                    ? new WriteOutcome.Rejected("mapper_parsing_exception", "no")
                    : new WriteOutcome.Written();
        }

        void awaitWrites(int count) {
            Awaitility.await().until(() -> written.size() >= count);
        }

        void release() {
            released.complete(null);
        }

        @Override
        public void close() {}
    }
}
