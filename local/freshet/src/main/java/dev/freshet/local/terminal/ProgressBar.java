package dev.freshet.local.terminal;

import java.util.Locale;

/** A line that is written again and again; nothing at all where no person watches. */
public final class ProgressBar implements AutoCloseable {

    private static final long PAUSE_NANOS = 100_000_000;
    private static final int CELLS = 24;

    private final Terminal terminal;
    private final String title;
    private long written;
    private boolean shown;

    public ProgressBar(Terminal terminal, String title) {
        this.terminal = terminal;
        this.title = title;
    }

    /** Shows how much is done; a total of 0 or less is unknown. */
    public void show(long done, long total, String detail) {
        long now = System.nanoTime();
        if (!terminal.interactive() || now - written < PAUSE_NANOS) {
            return;
        }
        written = now;
        shown = true;
        String line = total > 0 ? bar(done, total) : String.format(Locale.ROOT, "%s %,d", title, done);
        write(line + "  " + detail);
    }

    private String bar(long done, long total) {
        int filled = (int) (CELLS * Math.min(done, total) / total);
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3d %%  %,d of %,d",
                title,
                "#".repeat(filled),
                ".".repeat(CELLS - filled),
                100 * Math.min(done, total) / total,
                done,
                total);
    }

    private void write(String line) {
        String cut = line.length() >= terminal.width() ? line.substring(0, terminal.width() - 1) : line;
        terminal.err().print("\r\u001b[K" + cut);
        terminal.err().flush();
    }

    /** Clears the line. */
    @Override
    public void close() {
        if (shown) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            shown = false;
        }
    }
}
