package dev.freshet.core.verify;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What stands before every record of a file.
 *
 * @param hash of the document's key
 * @param kind of the record
 * @param cost bytes of memory that the record takes once it is loaded, at most
 * @param length of the record in bytes
 */
record SpillFrame(long hash, int kind, int cost, int length) {
    static final int BYTES = Long.BYTES + 1 + 2 * Integer.BYTES;
    private static final int BUFFER = 16 * 1024;

    /** Takes the records of a file one after the other. */
    interface Reader {
        /**
         * Reads a record, or as much of it as is of interest.
         *
         * @param position of the frame in the file
         */
        void read(SpillFrame frame, long position, DataInputStream record) throws IOException;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(hash);
        out.writeByte(kind);
        out.writeInt(cost);
        out.writeInt(length);
    }

    private static @Nullable SpillFrame read(DataInputStream in) throws IOException {
        try {
            return new SpillFrame(in.readLong(), in.readByte(), in.readInt(), in.readInt());
        } catch (EOFException e) {
            return null;
        }
    }

    /** Reads a file from its start. */
    static void readAll(Path file, Reader reader) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            long position = 0;
            for (SpillFrame frame = read(in); frame != null; frame = read(in)) {
                Part record = new Part(in, frame.length());
                reader.read(frame, position, new DataInputStream(record));
                in.skipNBytes(record.left);
                position += BYTES + frame.length();
            }
        }
    }

    /** A part of a stream. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private int left;

        Part(InputStream in, int length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? in.read() : -1;
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int read = in.read(bytes, offset, Math.min(left, length));
            left -= Math.max(0, read);
            return read;
        }
    }
}
