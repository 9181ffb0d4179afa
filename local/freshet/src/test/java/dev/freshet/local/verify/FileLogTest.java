package dev.freshet.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.verify.Difference;
import dev.freshet.core.verify.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest {
    private static final String LINES = """
            {"op":"upsert","tenant":"acme","id":"a","version":1,"content":"First."}
            {"op":"upsert","tenant":"acme","id":"b","version":1,"content":"Second."}

            {"op":"upsert","tenant":"acme","id":"c","content":"Without a version."}
            {"op":"delete","tenant":"acme","id":"b","version":2}
            {"op":
            """;

    @TempDir
    private Path folder;

    @Test
    void theChangesOfAFileAreFolded() throws IOException {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(file, LINES);

        assertFolded(file);
    }

    @Test
    void theFileMayBeCompressed() throws IOException {
        Path file = folder.resolve("events.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(LINES.getBytes(StandardCharsets.UTF_8));
        }

        assertFolded(file);
    }

    private void assertFolded(Path file) throws IOException {
        Envelopes envelopes = new Envelopes(Envelopes.LARGEST_RECORD);
        Findings findings = new Findings(10);
        try (FileLog log = new FileLog(file, envelopes, (done, total) -> {});
                Verification verification = new Verification(
                        folder, new ContentDefinedChunker(String::length, ChunkSize.DEFAULT), 1 << 20, 2)) {
            log.read(verification);
            verification.beginIndex();
            verification.compare(log.unsettled(), key -> true, findings);
        }

        assertThat(findings.first()).extracting(Difference::line).containsExactly("acme/a is missing");
        assertThat(envelopes.records()).isEqualTo(5);
        assertThat(envelopes.refused())
                .containsExactlyInAnyOrderEntriesOf(Map.of("no_key_and_no_version", 1L, "malformed_json", 1L));
    }
}
