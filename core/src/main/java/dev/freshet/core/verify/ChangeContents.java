package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.verify.ChangeHistory.Folded;
import dev.freshet.core.verify.ChangeRecord.Content;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads fields and texts of single changes from a file: those of one document at a time are in memory. */
final class ChangeContents implements ChangeHistory.FieldsReader, AutoCloseable {
    private final RandomAccessFile file;
    private @Nullable Folded last;
    private @Nullable Content contentOfLast;

    ChangeContents(Path file) throws IOException {
        this.file = new RandomAccessFile(file.toFile(), "r");
    }

    @Override
    public DocumentFields read(Folded folded) throws IOException {
        return content(folded).fields();
    }

    /** The text, and the fields with the patches that count. */
    Content content(Folded folded) throws IOException {
        Content content = contentOfLast;
        if (content == null || !folded.equals(last)) {
            content = patched(folded);
            contentOfLast = content;
            last = folded;
        }
        return content;
    }

    private Content patched(Folded folded) throws IOException {
        Content upsert = ChangeRecord.readContent(afterBeginning(folded.full()));
        DocumentFields fields = upsert.fields();
        String metadata =
                folded.metadata() == null ? null : patch(folded.metadata()).metadata();
        List<String> acl = folded.acl() == null ? null : patch(folded.acl()).acl();
        return new Content(
                new DocumentFields(
                        fields.title(),
                        fields.uri(),
                        fields.contentType(),
                        metadata == null ? fields.metadata() : metadata,
                        acl == null ? fields.acl() : acl),
                upsert.text());
    }

    private FieldsPatch patch(ChangeReference change) throws IOException {
        return ChangeRecord.readPatch(afterBeginning(change));
    }

    private DataInputStream afterBeginning(ChangeReference change) throws IOException {
        // The length stands last in the frame.
        file.seek(change.position() + SpillFrame.BYTES - Integer.BYTES);
        byte[] record = new byte[file.readInt()];
        file.readFully(record);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        ChangeRecord.read(in);
        return in;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
