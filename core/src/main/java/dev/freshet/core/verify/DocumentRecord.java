package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.search.StoredDocument.Passage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A document of the index in a file: its fields as fingerprints. */
record DocumentRecord(DocumentKey key, long fence, FieldsPrint fields, List<Passage> manifest) {
    static final int KIND = 2;
    private static final int COST = 700;
    private static final int COST_OF_A_PASSAGE = 120;

    static DocumentRecord of(IndexedDocument document) {
        return new DocumentRecord(
                document.key(), document.fence(), FieldsPrint.of(document.fields()), document.manifest());
    }

    int cost() {
        return COST + key.tenant().length() + key.id().length() + COST_OF_A_PASSAGE * manifest.size();
    }

    void write(DataOutput out) throws IOException {
        Texts.write(out, key.tenant());
        Texts.write(out, key.id());
        out.writeLong(fence);
        fields.write(out);
        out.writeInt(manifest.size());
        for (Passage passage : manifest) {
            Texts.write(out, passage.chunkId());
            out.writeInt(passage.start());
            out.writeInt(passage.end());
        }
    }

    static DocumentRecord read(DataInput in) throws IOException {
        DocumentKey key = new DocumentKey(Texts.read(in), Texts.read(in));
        long fence = in.readLong();
        FieldsPrint fields = FieldsPrint.read(in);
        int size = in.readInt();
        List<Passage> manifest = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            manifest.add(new Passage(Texts.read(in), in.readInt(), in.readInt()));
        }
        return new DocumentRecord(key, fence, fields, manifest);
    }
}
