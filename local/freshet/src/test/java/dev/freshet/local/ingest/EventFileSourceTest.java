package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.VersionClock;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileSourceTest {

    private static final String EVENTS = "{\"op\":\"upsert\",\"id\":\"a\",\"content\":\"x\"}\n\nnonsense\n";

    @TempDir
    private Path folder;

    @Test
    void readsPlainAndCompressedLinesAndLosesNone() throws Exception {
        Path plain = Files.writeString(folder.resolve("e.jsonl"), EVENTS);
        Path compressed = folder.resolve("e.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            out.write(EVENTS.getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : List.of(plain, compressed)) {
            List<Change> changes = Collected.of(new EventFileSource(
                            file, new Envelopes("acme", Map.of(), new VersionClock(InstantSource.system()))))
                    .changes();
            assertThat(changes).extracting(Change::key).containsExactly("acme/a", null);
            assertThat(changes.getLast().value()).isEqualTo("nonsense");
        }
    }

    @Test
    void isChosenByTheFilesName() {
        assertThat(EventFileSource.accepts(Path.of("x/a.jsonl"))).isTrue();
        assertThat(EventFileSource.accepts(Path.of("x/a.jsonl.gz"))).isTrue();
        assertThat(EventFileSource.accepts(Path.of("x/a.json"))).isFalse();
    }
}
