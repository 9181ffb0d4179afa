package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentFields;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A document's fields, each as its fingerprint. */
record FieldsPrint(long title, long uri, long contentType, long metadata, long acl) {
    static FieldsPrint of(DocumentFields fields) {
        return new FieldsPrint(
                Fingerprint.of(fields.title()),
                Fingerprint.of(fields.uri()),
                Fingerprint.of(fields.contentType()),
                Fingerprint.of(fields.metadata()),
                Fingerprint.of(fields.acl()));
    }

    /** The names of the fields that differ. */
    List<String> differences(FieldsPrint other) {
        List<String> names = new ArrayList<>();
        addIf(title != other.title, "title", names);
        addIf(uri != other.uri, "uri", names);
        addIf(contentType != other.contentType, "content type", names);
        addIf(metadata != other.metadata, "metadata", names);
        addIf(acl != other.acl, "ACL", names);
        return names;
    }

    /**
     * The names of the fields that differ from those of a document whose text the log does not tell: what is found there may have the type
     * of that text, and the title that it states.
     */
    List<String> differencesBesideText(FieldsPrint found) {
        boolean titled = title != Fingerprint.of((String) null);
        return new FieldsPrint(titled ? title : found.title, uri, found.contentType, metadata, acl).differences(found);
    }

    private static void addIf(boolean differs, String name, List<String> names) {
        if (differs) {
            names.add(name);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(title);
        out.writeLong(uri);
        out.writeLong(contentType);
        out.writeLong(metadata);
        out.writeLong(acl);
    }

    static FieldsPrint read(DataInput in) throws IOException {
        return new FieldsPrint(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
