package dev.freshet.ingest.materialize;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.Priority;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.revision.Decision;
import dev.freshet.core.revision.DocumentState;
import dev.freshet.core.revision.Fold;
import dev.freshet.core.revision.NewChunk;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.embed.ChunkVector;
import dev.freshet.ingest.embed.EmbeddedRevision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The revisions that the stages before would make of changes, one after the other. */
final class Revisions {
    /** The model gives no vector for a section of this name. */
    static final String REFUSED = "refused";

    static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private final Fold fold =
            new Fold(new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(10, 40)));
    private final Map<String, DocumentState> states = new HashMap<>();

    /** Each section becomes a chunk of its own. */
    static String text(String... sections) {
        StringBuilder text = new StringBuilder();
        for (String section : sections) {
            text.append("# ")
                    .append(section)
                    .append("\n\n")
                    .append((section + " ").repeat(25))
                    .append("\n\n");
        }
        return text.toString();
    }

    EmbeddedRevision upsert(String id, long version, String... sections) {
        return of(Changes.upsert(id, version, text(sections)));
    }

    /** Of so many new documents: d0, d1, and so on. */
    List<EmbeddedRevision> upserts(int documents) {
        return IntStream.range(0, documents)
                .mapToObj(i -> upsert("d" + i, 1, "text " + i))
                .toList();
    }

    EmbeddedRevision tagged(String id, long version, String metadata, String... sections) {
        return of(Changes.upsert(id, version, text(sections), metadata));
    }

    EmbeddedRevision delete(String id, long version) {
        return of(Changes.delete(id, version));
    }

    /** A patch that replaces the metadata, as the fold tells the stage of it: without manifest. */
    static EmbeddedRevision patch(String id, long version, String metadata) {
        Revision revision = new Revision(
                "acme",
                id,
                Operation.PATCH,
                0,
                version,
                new ChangeOrder(0, version).fence(),
                Outcome.APPLIED,
                at(version),
                null,
                new FieldsPatch(metadata, null),
                true,
                List.of(),
                List.of(),
                false,
                new SourcePosition("documents", 0, version),
                false,
                Priority.LIVE);
        return new EmbeddedRevision(revision, List.of());
    }

    private EmbeddedRevision of(DocumentChange change) {
        Decision.Accepted accepted =
                (Decision.Accepted) fold.decide(states.get(change.key().path()), change);
        states.put(change.key().path(), accepted.next());
        Revision revision = later(accepted.revision());
        return new EmbeddedRevision(
                revision, revision.added().stream().map(Revisions::vector).toList());
    }

    private static ChunkVector vector(NewChunk chunk) {
        float[] vector = chunk.text().contains(REFUSED) ? null : vectorOf(chunk.text());
        return new ChunkVector(chunk.chunkHash(), vector, 7, null, null, false, new byte[] {7});
    }

    /** Of length 1, in a direction of the text's own. */
    static float[] vectorOf(String text) {
        double angle = text.hashCode();
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }

    static Instant at(long version) {
        return TIME.plus(Duration.ofMinutes(version));
    }

    /** Says that an upsert came too late, as the fold does of one that an attempt before may have accepted. */
    static EmbeddedRevision superseded(EmbeddedRevision upsert) {
        Revision revision = with(upsert.revision(), Outcome.SUPERSEDED, List.of());
        return new EmbeddedRevision(revision, List.of());
    }

    /** A chunk more that comes with the change. */
    static Revision adding(Revision revision, NewChunk chunk) {
        List<NewChunk> added = new ArrayList<>(revision.added());
        added.add(chunk);
        return with(revision, revision.outcome(), added);
    }

    /** Changes of tests all have the same time; here it grows with the version. */
    private static Revision later(Revision revision) {
        return with(revision, revision.outcome(), revision.added());
    }

    private static Revision with(Revision revision, Outcome outcome, List<NewChunk> added) {
        return new Revision(
                revision.tenant(),
                revision.documentId(),
                revision.operation(),
                revision.epoch(),
                revision.version(),
                revision.fence(),
                outcome,
                at(revision.version()),
                revision.fields(),
                revision.patch(),
                revision.fieldsChanged(),
                revision.manifest(),
                added,
                revision.derived(),
                revision.origin(),
                revision.refused(),
                revision.priority());
    }
}
