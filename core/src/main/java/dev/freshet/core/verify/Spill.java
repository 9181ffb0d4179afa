package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.text.ContentHash;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Records in files, spread by document: all records of a document lie in one file, in the order in which they came. */
final class Spill implements AutoCloseable {
    /** Writes a record. */
    interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static final int BUFFER = 8 * 1024;
    private static final int LARGE = 1 << 20;
    private static final int BITS_OF_A_LEVEL = 16;

    private final List<Path> files = new ArrayList<>();
    private final List<DataOutputStream> outputs = new ArrayList<>();
    private final long[] costs;
    private final int level;
    private ByteArrayOutputStream record = new ByteArrayOutputStream();

    /**
     * Creates the files.
     *
     * @param name of the files, before numbers
     * @param count of files
     * @param level another hash for each: what shares a file on one level is spread on the next
     */
    Spill(Path folder, String name, int count, int level) throws IOException {
        this.costs = new long[count];
        this.level = level;
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("%s-%d-%d".formatted(name, level, i));
            Files.deleteIfExists(file);
            files.add(file);
        }
        open();
    }

    private void open() throws IOException {
        try {
            for (Path file : files) {
                OutputStream bytes = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                outputs.add(new DataOutputStream(new BufferedOutputStream(bytes, BUFFER)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Adds a record.
     *
     * @param cost bytes of memory that the record takes once it is loaded, at most
     */
    void add(DocumentKey key, int kind, int cost, Content content) throws IOException {
        content.write(new DataOutputStream(record));
        long hash = Fingerprint.of(ContentHash.begin().add(key.tenant()).add(key.id()));
        byte[] bytes = record.toByteArray();
        record.reset();
        if (bytes.length > LARGE) {
            // The room for the largest document must not stay for the rest of the run.
            record = new ByteArrayOutputStream();
        }
        add(new SpillFrame(hash, kind, cost, bytes.length), bytes);
    }

    private void add(SpillFrame frame, byte[] bytes) throws IOException {
        long other = Long.rotateRight(frame.hash(), BITS_OF_A_LEVEL * level);
        int file = (int) Long.remainderUnsigned(other, costs.length);
        if (outputs.isEmpty()) {
            open();
        }
        costs[file] += frame.cost();
        frame.write(outputs.get(file));
        outputs.get(file).write(bytes);
    }

    /** Everything is in the files, so that they can be read. */
    void finish() throws IOException {
        for (DataOutputStream output : outputs) {
            output.close();
        }
        outputs.clear();
    }

    /** Spreads one file over several, by another hash. */
    Spill split(int index, Path folder, String name, int count) throws IOException {
        Spill parts = new Spill(folder, name, count, level + 1);
        try {
            SpillFrame.readAll(
                    file(index), (frame, position, content) -> parts.add(frame, content.readNBytes(frame.length())));
            parts.finish();
            return parts;
        } catch (IOException e) {
            parts.close();
            throw e;
        }
    }

    int count() {
        return files.size();
    }

    Path file(int index) {
        return files.get(index);
    }

    /** Bytes of memory that the records of a file take once they are loaded, at most. */
    long cost(int index) {
        return costs[index];
    }

    /** Removes the files. */
    @Override
    public void close() throws IOException {
        try {
            finish();
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
