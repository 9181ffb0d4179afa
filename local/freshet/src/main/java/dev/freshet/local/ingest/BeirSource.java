package dev.freshet.local.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The corpus of a BEIR folder: {@code corpus.jsonl} with {@code _id}, {@code title} and {@code text}. */
final class BeirSource implements Source {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path corpus;
    private final Envelopes envelopes;
    private final long documents;

    BeirSource(Path folder, Envelopes envelopes) throws IOException {
        this.corpus = folder.resolve("corpus.jsonl");
        this.envelopes = envelopes;
        try (var lines = Files.lines(corpus)) {
            this.documents = lines.filter(line -> !line.isBlank()).count();
        }
    }

    @Override
    public long expected() {
        return documents;
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        Instant now = Instant.now();
        try (BufferedReader lines = Files.newBufferedReader(corpus)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                JsonNode document = JSON.readTree(line);
                Change change = envelopes.upsert(
                        document.path("_id").asText(),
                        document.path("title").asText(""),
                        document.path("text").asText(""),
                        now);
                if (!sink.take(change)) {
                    return;
                }
            }
        }
    }
}
