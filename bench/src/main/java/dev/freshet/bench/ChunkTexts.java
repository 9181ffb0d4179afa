package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome.Understood;
import dev.freshet.core.revision.Decision.Accepted;
import dev.freshet.core.revision.Fold;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.engines.chunking.Chunkers;
import java.util.List;

/** The texts that the ingest job embeds of a new document, found as the job finds them. */
final class ChunkTexts {
    private final ChangeReader reader = new ChangeReader(ChangeReader.LARGEST_RECORD);
    private final Fold fold;

    ChunkTexts(String embedder, ChunkSize size) {
        fold = new Fold(Chunkers.open(ChunkStrategy.AUTO, size, embedder));
    }

    List<String> of(ChangeEnvelope change) {
        RawRecord raw = new RawRecord(
                new SourcePosition("documents", 0, 0), 0, change.recordKey(), change.recordValue(), List.of());
        return reader.read(raw) instanceof Understood understood
                        && fold.decide(null, understood.change()) instanceof Accepted accepted
                ? accepted.revision().added().stream()
                        .map(NewChunk::embeddedText)
                        .toList()
                : List.of();
    }
}
