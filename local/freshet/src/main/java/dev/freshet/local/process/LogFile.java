package dev.freshet.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log of one process: a file that the process appends to. */
public final class LogFile {

    /** Two files of this size are kept per process. */
    static final long LARGEST = 32L * 1024 * 1024;

    private static final int TAIL_BYTES = 64 * 1024;

    private LogFile() {}

    /** The last lines of a log; empty when there is no log. */
    public static List<String> tail(Path log, int lines) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long length = file.length();
            long from = Math.max(0, length - TAIL_BYTES);
            byte[] bytes = new byte[(int) (length - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Moves a log that grew too large aside. The file is copied and cut, not renamed: the process keeps it open, and
     * appends from the start again.
     */
    public static void rotate(Path log) throws IOException {
        rotate(log, LARGEST);
    }

    static void rotate(Path log, long largest) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= largest) {
            return;
        }
        Files.copy(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(0);
        }
    }
}
