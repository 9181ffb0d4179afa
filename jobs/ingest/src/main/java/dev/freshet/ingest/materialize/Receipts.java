package dev.freshet.ingest.materialize;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.embed.ChunkVector;
import dev.freshet.ingest.embed.EmbedStage;
import dev.freshet.ingest.embed.EmbeddedRevision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is reported of a revision, and of a document that is written again. */
final class Receipts {
    private Receipts() {}

    static ChangeReceipt of(EmbeddedRevision embedded, int chunks, int added, int removed) {
        Revision revision = embedded.revision();
        int embeddedChunks = 0;
        int embeddedTokens = 0;
        for (ChunkVector vector : embedded.vectors()) {
            embeddedChunks += vector.embeddedNow() ? 1 : 0;
            embeddedTokens += vector.tokens();
        }
        return new ChangeReceipt(
                revision.tenant(),
                revision.documentId(),
                revision.operation(),
                revision.epoch(),
                revision.version(),
                revision.outcome(),
                chunks,
                added,
                chunks - added,
                removed,
                embeddedChunks,
                embeddedTokens,
                revision.eventTime(),
                Instant.EPOCH,
                revision.derived(),
                revision.origin());
    }

    /** Names the document in dead letters; it is not reported. */
    static ChangeReceipt again(DocumentKey key, StoredDocument stored) {
        int chunks = stored.manifest().size();
        return new ChangeReceipt(
                key.tenant(),
                key.id(),
                Operation.UPSERT,
                stored.epoch(),
                stored.version(),
                Outcome.UNCHANGED,
                chunks,
                0,
                chunks,
                0,
                0,
                0,
                stored.eventTime(),
                Instant.EPOCH,
                true,
                stored.origin());
    }

    /** Of the chunks that the model refused: they are indexed without vector. */
    static List<DeadLetter> withoutVector(EmbeddedRevision embedded) {
        List<DeadLetter> letters = new ArrayList<>();
        List<NewChunk> added = embedded.revision().added();
        for (int i = 0; i < added.size(); i++) {
            if (embedded.vectors().get(i).rejection() != null) {
                letters.add(withoutVector(
                        embedded.revision(), added.get(i), embedded.vectors().get(i)));
            }
        }
        return letters;
    }

    private static DeadLetter withoutVector(Revision revision, NewChunk chunk, ChunkVector vector) {
        return new DeadLetter(
                DeadLetter.Scope.CHUNK,
                revision.origin(),
                EmbedStage.NAME,
                Objects.requireNonNull(vector.rejection()),
                String.valueOf(vector.rejectionMessage()),
                1,
                Instant.now(),
                revision.tenant(),
                revision.documentId(),
                revision.key().path().getBytes(StandardCharsets.UTF_8),
                chunk.embeddedText().getBytes(StandardCharsets.UTF_8),
                List.of());
    }
}
