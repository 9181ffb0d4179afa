package dev.freshet.local.verify;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.verify.Verification;
import dev.freshet.local.ingest.EventFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Envelopes in a file, one per line. Each must have a version: what order lines without one have, the file does not tell. */
final class FileLog implements ChangeLog {
    private final Path file;
    private final Envelopes envelopes;
    private final Progress progress;

    FileLog(Path file, Envelopes envelopes, Progress progress) {
        this.file = file;
        this.envelopes = envelopes;
        this.progress = progress;
    }

    @Override
    public void read(Verification verification) throws IOException {
        try (BufferedReader lines = EventFile.open(file)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    take(line, number, verification);
                }
                number++;
                progress.show(number, 0);
            }
        }
    }

    @SuppressWarnings("NullAway") // it does not see that an array in a compiled record may be null
    private void take(String line, long number, Verification verification) throws IOException {
        // No path: a line without version has no place, as `ingest` gave it the time at which it was sent.
        SourcePosition position = new SourcePosition(String.valueOf(file.getFileName()), 0, number);
        Optional<DocumentChange> change =
                envelopes.read(new RawRecord(position, 0, null, line.getBytes(StandardCharsets.UTF_8), List.of()));
        if (change.isPresent()) {
            verification.change(change.get());
        }
    }

    @Override
    public void readSince(Verification verification) {
        // A file that was read to its end has nothing after it.
    }

    @Override
    public Verification.Unsettled unsettled() {
        return (partition, offset) -> false;
    }

    @Override
    public long countUnsettled() {
        return 0;
    }

    @Override
    public List<String> notes() {
        return List.of("A file does not tell which changes have an outcome: nothing was waited for.");
    }

    @Override
    public void close() {}
}
