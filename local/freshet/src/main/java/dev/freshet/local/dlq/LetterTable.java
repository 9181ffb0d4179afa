package dev.freshet.local.dlq;

import dev.freshet.core.document.Resolution;
import dev.freshet.local.terminal.Escaped;
import dev.freshet.local.terminal.Terminal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The newest dead letters, without their bytes. */
final class LetterTable {
    /** A line of the table. */
    record Row(
            Handle handle,
            long writtenAt,
            String time,
            String scope,
            String stage,
            String reason,
            String message,
            String document,
            String origin,
            @Nullable String resolution) {

        static Row of(Letter letter, Resolution.@Nullable Action resolution) {
            return new Row(
                    letter.handle(),
                    letter.writtenAt(),
                    letter.content().failedAt().toString(),
                    letter.content().scope().name().toLowerCase(Locale.ROOT),
                    letter.content().stage(),
                    letter.content().reason(),
                    letter.content().message(),
                    letter.document(),
                    letter.content().origin().toString(),
                    resolution == null ? null : resolution.name().toLowerCase(Locale.ROOT));
        }
    }

    private static final Comparator<Row> BY_TIME =
            Comparator.comparingLong(Row::writtenAt).thenComparing(Row::handle);

    private final int limit;
    private final PriorityQueue<Row> newest = new PriorityQueue<>(BY_TIME);
    private long count;

    LetterTable(int limit) {
        this.limit = limit;
    }

    void add(Row row) {
        count++;
        newest.add(row);
        if (newest.size() > limit) {
            newest.remove();
        }
    }

    /** All that were added, also those that are not kept. */
    long count() {
        return count;
    }

    /** The newest, the newest of them last. */
    List<Row> rows() {
        return newest.stream().sorted(BY_TIME).toList();
    }

    void print(Terminal terminal) {
        if (count == 0) {
            terminal.line("There are no dead letters to deal with.");
            return;
        }
        List<Row> rows = rows();
        terminal.line(terminal.faint(line("handle", "time", "stage", "reason", "origin", "document")));
        for (Row row : rows) {
            String state = row.resolution() == null ? "" : "  (" + row.resolution() + ")";
            String time = row.time().length() > 19 ? row.time().substring(0, 19) : row.time();
            terminal.line(Escaped.line(
                    line(row.handle().toString(), time, row.stage(), row.reason(), row.origin(), row.document())
                            + state));
        }
        if (rows.size() < count) {
            terminal.line(terminal.faint(
                    String.format(Locale.ROOT, "The newest %,d of %,d; see --limit.", rows.size(), count)));
        }
    }

    private static String line(
            String handle, String time, String stage, String reason, String origin, String document) {
        return String.format(
                Locale.ROOT, "%-10s %-19s %-7s %-22s %-20s %s", handle, time, stage, reason, origin, document);
    }
}
