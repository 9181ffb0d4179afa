package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a change in a file, which is all that the fold needs; fields and text follow it.
 *
 * @param partition of the log
 * @param offset in the partition
 * @param metadata fingerprint of what a patch sets; null where it sets none
 * @param acl the same
 */
record ChangeRecord(
        DocumentKey key,
        Operation operation,
        long fence,
        int partition,
        long offset,
        @Nullable Long metadata,
        @Nullable Long acl) {
    static final int KIND = 1;
    private static final int COST = 700;
    private static final List<Operation> OPERATIONS = List.of(Operation.values());

    /** What the fields and the text of an upsert are; the text is null where it lies elsewhere. */
    record Content(DocumentFields fields, @Nullable String text) {}

    /** At most: a document of its own with one place in its history. */
    static int cost(DocumentKey key) {
        return COST + key.tenant().length() + key.id().length();
    }

    static void write(DataOutput out, DocumentChange change) throws IOException {
        FieldsPatch patch = change.patch();
        Texts.write(out, change.tenant());
        Texts.write(out, change.documentId());
        out.writeByte(OPERATIONS.indexOf(change.operation()));
        out.writeLong(change.order().fence());
        out.writeInt(change.position().partition());
        out.writeLong(change.position().offset());
        writePrint(out, patch == null || patch.metadata() == null ? null : Fingerprint.of(patch.metadata()));
        writePrint(out, patch == null || patch.acl() == null ? null : Fingerprint.of(patch.acl()));
        if (patch != null) {
            Texts.write(out, patch.metadata());
            Texts.write(out, patch.acl());
        }
        if (change.fields() != null) {
            writeContent(out, change.fields(), change.text());
        }
    }

    private static void writePrint(DataOutput out, @Nullable Long print) throws IOException {
        out.writeBoolean(print != null);
        out.writeLong(print == null ? 0 : print);
    }

    private static void writeContent(DataOutput out, DocumentFields fields, @Nullable String text) throws IOException {
        Texts.write(out, fields.title());
        Texts.write(out, fields.uri());
        Texts.write(out, fields.contentType());
        Texts.write(out, fields.metadata());
        Texts.write(out, fields.acl());
        Texts.write(out, text);
    }

    static ChangeRecord read(DataInput in) throws IOException {
        return new ChangeRecord(
                new DocumentKey(Texts.read(in), Texts.read(in)),
                OPERATIONS.get(in.readByte()),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                readPrint(in),
                readPrint(in));
    }

    private static @Nullable Long readPrint(DataInput in) throws IOException {
        boolean there = in.readBoolean();
        long print = in.readLong();
        return there ? print : null;
    }

    /** Reads what follows the beginning of an upsert. */
    static Content readContent(DataInput in) throws IOException {
        DocumentFields fields = new DocumentFields(
                Texts.readOrNull(in),
                Texts.readOrNull(in),
                Texts.read(in),
                Texts.read(in),
                Objects.requireNonNull(Texts.readListOrNull(in), "fields have an ACL"));
        return new Content(fields, Texts.readOrNull(in));
    }

    /** Reads what follows the beginning of a patch. */
    static FieldsPatch readPatch(DataInput in) throws IOException {
        return new FieldsPatch(Texts.readOrNull(in), Texts.readListOrNull(in));
    }

    ChangeReference reference(long position) {
        return new ChangeReference(operation, fence, metadata, acl, position);
    }
}
