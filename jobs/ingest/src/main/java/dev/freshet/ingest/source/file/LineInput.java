package dev.freshet.ingest.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines as bytes, ended by {@code \n} or {@code \r\n}; of a line that is too long only its beginning is ever in memory. */
final class LineInput implements Closeable {
    private static final int BUFFER = 64 << 10;

    private final InputStream input;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] line = new byte[1024];
    private int length;
    private boolean cut;

    /** @param longest bytes of a line that are kept */
    LineInput(InputStream input, int longest) {
        this.input = input;
        this.longest = longest;
    }

    /** The next line without its end, cut at the longest; null after the last. */
    byte @Nullable [] next() throws IOException {
        if (!read()) {
            return null;
        }
        boolean windowsEnd = !cut && length > 0 && line[length - 1] == '\r';
        return Arrays.copyOf(line, windowsEnd ? length - 1 : length);
    }

    /** Passes over lines, as many as there are. */
    void skip(long lines) throws IOException {
        for (long left = lines; left > 0 && read(); left--) {
            // The line is left behind.
        }
    }

    /** Reads up to the end of a line; false when there is none. */
    private boolean read() throws IOException {
        length = 0;
        cut = false;
        if (!fill()) {
            return false;
        }
        while (fill()) {
            int end = endOfLine();
            keep(end);
            position = end;
            if (end < limit) {
                position++;
                return true;
            }
        }
        return true;
    }

    /** Where the line ends in the buffer; the buffer's limit when it goes on after that. */
    private int endOfLine() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return limit;
    }

    private void keep(int end) {
        int kept = Math.min(end - position, longest - length);
        cut |= kept < end - position;
        if (length + kept > line.length) {
            line = Arrays.copyOf(line, Math.clamp(2L * (length + kept), 0, longest));
        }
        System.arraycopy(buffer, position, line, length, kept);
        length += kept;
    }

    private boolean fill() throws IOException {
        while (position == limit) {
            int read = input.read(buffer, 0, buffer.length);
            if (read < 0) {
                return false;
            }
            position = 0;
            limit = read;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
