package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A chunk of the index in a file: its fields and its text as fingerprints. */
record ChunkRecord(DocumentKey key, String id, long fence, FieldsPrint fields, long text) {
    static final int KIND = 3;
    private static final int COST = 700;

    static ChunkRecord of(IndexedChunk chunk) {
        return new ChunkRecord(
                chunk.document(),
                chunk.id(),
                chunk.fence(),
                FieldsPrint.of(chunk.fields()),
                ExpectedChunk.textPrint(chunk.headingPath(), chunk.text()));
    }

    /** The same with a key that is in memory anyway. */
    ChunkRecord of(DocumentKey shared) {
        return new ChunkRecord(shared, id, fence, fields, text);
    }

    int cost() {
        return COST + key.tenant().length() + key.id().length() + id.length();
    }

    void write(DataOutput out) throws IOException {
        Texts.write(out, key.tenant());
        Texts.write(out, key.id());
        Texts.write(out, id);
        out.writeLong(fence);
        fields.write(out);
        out.writeLong(text);
    }

    static ChunkRecord read(DataInput in) throws IOException {
        return new ChunkRecord(
                new DocumentKey(Texts.read(in), Texts.read(in)),
                Texts.read(in),
                in.readLong(),
                FieldsPrint.read(in),
                in.readLong());
    }
}
