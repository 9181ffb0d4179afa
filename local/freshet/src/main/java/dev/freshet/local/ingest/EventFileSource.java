package dev.freshet.local.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** Change events in a file, one JSON object per line, optionally compressed with gzip. */
final class EventFileSource implements Source {

    private final Path file;
    private final Envelopes envelopes;

    EventFileSource(Path file, Envelopes envelopes) {
        this.file = file;
        this.envelopes = envelopes;
    }

    static boolean accepts(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    }

    @Override
    public long expected() {
        return -1;
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        try (BufferedReader lines = EventFile.open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !sink.take(envelopes.event(line))) {
                    return;
                }
            }
        }
    }
}
