package dev.freshet.ingest.index;

import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.ingest.materialize.IndexUpdate;
import org.jspecify.annotations.Nullable;

/** Estimates how many bytes a write has, in a request and about as many in memory. */
final class WriteSize {
    private static final int AROUND = 500;
    private static final int DIMENSION = 10;
    private static final int PLACEMENT = 100;
    /** Metadata are there as they are, as facets, in their order, and as words. */
    private static final int FORMS = 4;

    private static final String ANALYZED_ONCE = "en";

    private WriteSize() {}

    static long of(IndexUpdate update) {
        long document = update.entry() == null ? AROUND : of(update.entry());
        return update.puts().stream().mapToLong(WriteSize::of).sum()
                + (long) AROUND * update.deletes().size()
                + document;
    }

    static long of(IndexWrite write) {
        return switch (write) {
            case IndexWrite.PutChunk(ChunkDocument chunk) -> of(chunk);
            case IndexWrite.PutDocument(DocumentEntry entry) -> of(entry);
            case IndexWrite.DeleteChunk delete -> AROUND;
            case IndexWrite.DeleteDocument delete -> AROUND;
            case IndexWrite.ForGeneration next -> of(next.write());
        };
    }

    private static long of(DocumentEntry entry) {
        return AROUND + (long) PLACEMENT * entry.manifest().size() + of(entry.fields()) + of(entry.summary());
    }

    private static long of(ChunkDocument chunk) {
        String language = chunk.fields().language();
        boolean twice = language != null && !language.equals(ANALYZED_ONCE);
        return AROUND
                + (long) chunk.text().length() * (twice ? 2 : 1)
                + of(chunk.fields())
                + of(chunk.vector())
                // As base64.
                + (chunk.tokenVectors() == null ? 0L : chunk.tokenVectors().length * 4L / 3);
    }

    private static long of(DocumentFields fields) {
        return (long) FORMS * fields.metadata().length()
                + fields.acl().stream().mapToInt(String::length).sum();
    }

    private static long of(float @Nullable [] vector) {
        return vector == null ? 0 : (long) vector.length * DIMENSION;
    }
}
