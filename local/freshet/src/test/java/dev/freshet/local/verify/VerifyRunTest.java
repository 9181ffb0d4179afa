package dev.freshet.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.verify.IndexedChunk;
import dev.freshet.core.verify.IndexedDocument;
import dev.freshet.core.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log says that both documents are gone; the index has them and a chunk that nobody names. */
class VerifyRunTest {
    private static final DocumentFields FIELDS = new DocumentFields(null, null, "text/plain", "{}", List.of());

    @TempDir
    private Path folder;

    private final FakeIndex index = new FakeIndex();

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("events.jsonl"), """
                {"op":"delete","tenant":"acme","id":"a","version":2}
                {"op":"delete","tenant":"acme","id":"b","version":2}
                """);
        index.documents.put("a", new IndexedDocument(key("a"), 1, FIELDS, List.of()));
        index.documents.put("b", new IndexedDocument(key("b"), 1, FIELDS, List.of()));
        index.chunks.put("stray", new IndexedChunk("stray", key("c"), 1, FIELDS, List.of(), "Nobody names it."));
    }

    @Test
    void aComparisonChangesNothing() throws Exception {
        VerifyReport report = run(VerifyRun::compare);

        assertThat(report.equal()).isFalse();
        assertThat(report.differences())
                .containsExactlyInAnyOrderEntriesOf(Map.of("unexpected_document", 2L, "orphan_chunk", 1L));
        assertThat(index.documents).hasSize(2);
        assertThat(index.chunks).hasSize(1);
    }

    @Test
    void aRepairEndsWhenTheJobHasWrittenWhatItWasTold() throws Exception {
        List<DocumentKey> told = new ArrayList<>();
        VerifyReport report = run(run -> run.repair(
                documents -> {
                    told.addAll(documents);
                    // The job takes its time: nothing is right at the next look yet.
                    index.onLook(2, () -> documents.forEach(document -> index.documents.remove(document.id())));
                },
                index,
                Duration.ofMinutes(1)));

        assertThat(told).containsExactlyInAnyOrder(key("a"), key("b"));
        assertThat(report.equal()).isTrue();
        assertThat(report.repairs()).isEqualTo(new VerifyReport.Repairs(2, 1));
        assertThat(index.chunks).isEmpty();
        assertThat(report.notes()).noneMatch(note -> note.contains("could be repaired"));
    }

    @Test
    void whatTheJobCannotRepairIsSaid() throws Exception {
        VerifyReport report = run(run -> run.repair(documents -> index.documents.remove("a"), index, Duration.ZERO));

        assertThat(report.equal()).isFalse();
        assertThat(report.listed()).extracting(VerifyReport.Line::document).containsExactly("acme/b");
        assertThat(report.notes()).anyMatch(note -> note.contains("Not all could be repaired"));
    }

    private interface Step {
        VerifyReport apply(VerifyRun run) throws IOException, InterruptedException;
    }

    private VerifyReport run(Step step) throws Exception {
        Envelopes envelopes = new Envelopes(Envelopes.LARGEST_RECORD);
        try (FileLog log = new FileLog(folder.resolve("events.jsonl"), envelopes, (done, total) -> {});
                Verification verification = new Verification(
                        folder, new ContentDefinedChunker(String::length, ChunkSize.DEFAULT), 1 << 20, 2)) {
            return step.apply(new VerifyRun(verification, log, envelopes, index, 10));
        }
    }

    private static DocumentKey key(String id) {
        return new DocumentKey("acme", id);
    }

    private static final class FakeIndex implements IndexSource, IndexWriter {
        private final Map<String, IndexedDocument> documents = new TreeMap<>();
        private final Map<String, IndexedChunk> chunks = new TreeMap<>();
        private int looksUntil = -1;
        private Runnable then = () -> {};

        void onLook(int number, Runnable action) {
            looksUntil = number;
            then = action;
        }

        @Override
        public void read(Verification verification, @Nullable Collection<DocumentKey> only) throws IOException {
            if (--looksUntil == 0) {
                then.run();
            }
            verification.beginIndex();
            for (IndexedDocument document : documents.values()) {
                verification.indexed(document);
            }
            for (IndexedChunk chunk : chunks.values()) {
                verification.indexed(chunk);
            }
        }

        @Override
        public long documents() {
            return documents.size();
        }

        @Override
        public long chunks() {
            return chunks.size();
        }

        @Override
        public CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> writes) {
            for (IndexWrite write : writes) {
                if (write instanceof IndexWrite.DeleteChunk(String id, long fence) && fence == 1) {
                    chunks.remove(id);
                }
            }
            return CompletableFuture.completedFuture(Collections.nCopies(writes.size(), new WriteOutcome.Written()));
        }

        @Override
        public void close() {}
    }
}
