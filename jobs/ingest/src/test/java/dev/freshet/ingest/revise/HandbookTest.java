package dev.freshet.ingest.revise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.EmbeddedText;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome.Understood;
import dev.freshet.core.extract.LanguageDetector;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.engines.chunking.Chunkers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the first changes of a real edit history cost, and cost again. */
class HandbookTest {
    private static final Path HISTORY = Path.of("..", "..", "..", "shared", "data", "handbook.jsonl.gz");
    private static final int CHANGES = 300;

    @Test
    void theSameAgainEmbedsNothingAlsoAfterARestart() throws Exception {
        List<DocumentChange> changes = changes();
        OperatorSubtaskState snapshot;
        try (var job = open(null)) {
            assertThat(embeddedBy(job, changes)).isNotEmpty();

            assertThat(embeddedBy(job, changes)).isEmpty();
            snapshot = job.snapshot(1, 1);
        }
        try (var restarted = open(snapshot)) {
            assertThat(embeddedBy(restarted, changes)).isEmpty();
        }
    }

    /** The texts that are new to their documents. */
    private static Set<String> embeddedBy(ReviseHarness job, List<DocumentChange> changes) throws Exception {
        int before = job.extractOutputValues().size();
        for (DocumentChange change : changes) {
            job.processElement(change, 0);
        }
        Set<String> texts = new HashSet<>();
        List<Revision> revisions = job.extractOutputValues();
        for (Revision revision : revisions.subList(before, revisions.size())) {
            for (NewChunk chunk : revision.added()) {
                texts.add(EmbeddedText.of(chunk.title(), chunk.headingPath(), chunk.text()));
            }
        }
        return texts;
    }

    private static ReviseHarness open(@Nullable OperatorSubtaskState snapshot) throws Exception {
        ReviseStage stage = new ReviseStage(
                () -> Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, "minilm"),
                () -> LanguageDetector.NONE,
                10_000,
                Duration.ofDays(30));
        return ReviseHarness.open(stage, snapshot);
    }

    @SuppressWarnings("NullAway") // it does not see that an array in a compiled record may be null
    private static List<DocumentChange> changes() throws IOException {
        assumeTrue(Files.exists(HISTORY), "needs handbook.jsonl.gz in ../shared/data beside the project");
        ChangeReader reader = new ChangeReader(ChangeReader.LARGEST_RECORD);
        List<DocumentChange> changes = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(HISTORY)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && changes.size() < CHANGES; line = lines.readLine()) {
                RawRecord record = new RawRecord(
                        new SourcePosition("documents", 0, changes.size()),
                        0,
                        null,
                        line.getBytes(StandardCharsets.UTF_8),
                        List.of());
                changes.add(((Understood) reader.read(record)).change());
            }
        }
        return changes;
    }
}
