package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Something that is known of a document beside its changes, in a file.
 *
 * @param kind one of the constants
 * @param detail the chunk, or the record of the log, that it is about; else empty
 */
record MarkRecord(int kind, DocumentKey key, String detail) {
    /** The chunk has no vector. */
    static final int WITHOUT_VECTOR = 4;
    /** The record of the log was not applied: it is in the dead letters. */
    static final int NOT_APPLIED = 5;
    /** The document was changed after the end of the log that is verified. */
    static final int CHANGED_SINCE = 6;

    private static final int COST = 500;

    int cost() {
        return COST + key.tenant().length() + key.id().length() + detail.length();
    }

    /** How the detail names a record of the log. */
    static String position(int partition, long offset) {
        return partition + "@" + offset;
    }

    void write(DataOutput out) throws IOException {
        Texts.write(out, key.tenant());
        Texts.write(out, key.id());
        Texts.write(out, detail);
    }

    static MarkRecord read(int kind, DataInput in) throws IOException {
        return new MarkRecord(kind, new DocumentKey(Texts.read(in), Texts.read(in)), Texts.read(in));
    }
}
