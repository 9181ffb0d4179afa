package dev.freshet.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How much memory a process holds. */
public final class Memory {

    private Memory() {}

    /** The resident set in bytes; empty when the process is gone or the system does not say. */
    public static OptionalLong resident(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.exists(status) ? fromProc(status) : fromPs(pid);
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong fromProc(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                String kibibytes = line.replaceAll("[^0-9]", "");
                return OptionalLong.of(Long.parseLong(kibibytes) * 1024);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong fromPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        try {
            if (!ps.waitFor(2, TimeUnit.SECONDS)) {
                ps.destroyForcibly();
                return OptionalLong.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
        String kibibytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return kibibytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(kibibytes) * 1024);
    }
}
