package dev.freshet.ingest.materialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.Operation;
import dev.freshet.core.revision.Decision;
import dev.freshet.core.revision.DocumentState;
import dev.freshet.core.revision.Fold;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.embed.ChunkVector;
import dev.freshet.ingest.embed.EmbeddedRevision;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A patch brings no text: what is stored of its document is written again with the new fields. */
class PatchedDocumentTest {
    private static final String PAGE = "# One\n\n" + "alpha ".repeat(30) + "\n\n# Two\n\n" + "beta ".repeat(30);
    private static final String X = "{\"team\":\"x\"}";

    private final Fold fold =
            new Fold(new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(10, 40)));

    private @Nullable DocumentState state;

    @Test
    void everyChunkIsWrittenAgainWithItsVectorAndNothingIsEmbeddedAlsoAfterARestart() throws Exception {
        DocumentChange upsert = Changes.upsert("a", 1, PAGE);
        IndexUpdate written;
        OperatorSubtaskState snapshot;
        try (var job = open(null)) {
            job.processElement1(embedded(upsert), 0);
            written = job.extractOutputValues().getLast();
            snapshot = job.snapshot(1, 1);
        }
        DocumentChange patch = Changes.patch("a", 2, X, List.of("group:a"));
        try (var job = open(snapshot)) {
            job.processElement1(embedded(patch), 0);

            IndexUpdate update = job.extractOutputValues().getLast();
            assertThat(update.fence()).isEqualTo(patch.order().fence());
            assertThat(update.deletes()).isEmpty();
            assertThat(update.puts()).hasSize(2).allSatisfy(chunk -> {
                assertThat(chunk.tokenVectors()).startsWith(1, 0);
                assertThat(chunk.fields().metadata()).isEqualTo(X);
                assertThat(chunk.fields().acl()).containsExactly("group:a");
                assertThat(chunk.fence()).isEqualTo(patch.order().fence());
            });
            assertThat(update.puts())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("fields", "fence")
                    .isEqualTo(written.puts());
            assertThat(update.entry()).isNotNull().satisfies(entry -> {
                assertThat(entry.order()).isEqualTo(patch.order());
                assertThat(entry.manifest())
                        .isEqualTo(Objects.requireNonNull(written.entry()).manifest());
                assertThat(entry.fields().contentType()).isEqualTo("text/markdown");
                assertThat(entry.fields().acl()).containsExactly("group:a");
                assertThat(entry.eventTime()).isEqualTo(upsert.eventTime());
            });
        }
    }

    @Test
    void theReceiptIsThatOfThePatchAndSaysThatAllChunksWereKept() throws Exception {
        DocumentChange patch = Changes.patch("a", 2, X, null);
        try (var job = open(null)) {
            job.processElement1(embedded(Changes.upsert("a", 1, PAGE)), 0);
            job.processElement1(embedded(patch), 0);

            assertThat(job.extractOutputValues().getLast().subject()).satisfies(receipt -> {
                assertThat(receipt.operation()).isEqualTo(Operation.PATCH);
                assertThat(receipt.outcome()).isEqualTo(Outcome.APPLIED);
                assertThat(receipt.version()).isEqualTo(2);
                assertThat(receipt.eventTime()).isEqualTo(patch.eventTime());
                assertThat(receipt.chunks()).isEqualTo(2);
                assertThat(receipt.chunksKept()).isEqualTo(2);
                assertThat(receipt.chunksAdded()).isZero();
                assertThat(receipt.chunksRemoved()).isZero();
                assertThat(receipt.tokensEmbedded()).isZero();
            });
        }
    }

    @Test
    void aPatchThatChangesNothingWritesTheDocumentEntryAlone() throws Exception {
        try (var job = open(null)) {
            job.processElement1(embedded(Changes.upsert("a", 1, PAGE, X)), 0);
            job.processElement1(embedded(Changes.patch("a", 2, X, null)), 0);

            IndexUpdate update = job.extractOutputValues().getLast();
            assertThat(update.puts()).isEmpty();
            assertThat(update.deletes()).isEmpty();
            assertThat(Objects.requireNonNull(update.entry()).order()).isEqualTo(new ChangeOrder(0, 2));
        }
    }

    @Test
    void aLateDeleteRemovesWhatAPatchWroteUnderAHigherFence() throws Exception {
        try (var job = open(null)) {
            job.processElement1(embedded(Changes.upsert("a", 1, PAGE)), 0);
            job.processElement1(embedded(Changes.patch("a", 5, X, null)), 0);
            job.processElement1(embedded(Changes.delete("a", 3)), 0);

            IndexUpdate update = job.extractOutputValues().getLast();
            assertThat(update.fence()).isEqualTo(new ChangeOrder(0, 5).fence());
            assertThat(update.deletes()).hasSize(2);
            assertThat(update.entry()).isNull();
            assertThat(job.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void aPatchWhoseDocumentIsNotStoredIsAFaultOfTheJob() {
        embedded(Changes.upsert("a", 1, PAGE));
        Revision patch = embedded(Changes.patch("a", 2, X, null)).revision();

        assertThatThrownBy(() -> WholeRevision.of(patch, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acme/a");
    }

    /** What the stages before would send. */
    private EmbeddedRevision embedded(DocumentChange change) {
        Decision.Accepted accepted = (Decision.Accepted) fold.decide(state, change);
        state = accepted.next();
        List<ChunkVector> vectors = accepted.revision().added().stream()
                .map(chunk -> new ChunkVector(
                        chunk.chunkHash(),
                        new float[] {chunk.text().length()},
                        chunk.tokens(),
                        null,
                        null,
                        false,
                        new byte[] {1, 0, (byte) chunk.text().length()}))
                .toList();
        return new EmbeddedRevision(accepted.revision(), vectors);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, EmbeddedRevision, ControlCommand, IndexUpdate> open(
            @Nullable OperatorSubtaskState snapshot) throws Exception {
        KeyedTwoInputStreamOperatorTestHarness<String, EmbeddedRevision, ControlCommand, IndexUpdate> harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new MaterializeStage(),
                        embedded -> embedded.revision().key().path(),
                        null,
                        Types.STRING);
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }
}
