package dev.freshet.ingest.index;

import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.ingest.materialize.IndexUpdate;

/** Estimates how many bytes a write has, in a request and about as many in memory. */
final class WriteSize {
    private static final int AROUND = 500;
    private static final int DIMENSION = 10;
    private static final int PLACEMENT = 100;

    private WriteSize() {}

    static long of(IndexUpdate update) {
        long document = update.entry() == null
                ? AROUND
                : AROUND + (long) PLACEMENT * update.entry().manifest().size();
        return update.puts().stream().mapToLong(WriteSize::of).sum()
                + (long) AROUND * update.deletes().size()
                + document;
    }

    static long of(IndexWrite write) {
        return switch (write) {
            case IndexWrite.PutChunk(ChunkDocument chunk) -> of(chunk);
            case IndexWrite.PutDocument put ->
                AROUND + (long) PLACEMENT * put.entry().manifest().size();
            case IndexWrite.DeleteChunk delete -> AROUND;
            case IndexWrite.DeleteDocument delete -> AROUND;
            case IndexWrite.ForGeneration next -> of(next.write());
        };
    }

    private static long of(ChunkDocument chunk) {
        return AROUND
                + chunk.text().length()
                + 2L * chunk.fields().metadata().length()
                + chunk.fields().acl().stream().mapToInt(String::length).sum()
                + (chunk.vector() == null ? 0L : (long) chunk.vector().length * DIMENSION)
                // As base64.
                + (chunk.tokenVectors() == null ? 0L : chunk.tokenVectors().length * 4L / 3);
    }
}
