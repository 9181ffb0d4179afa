package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.contender.PageChange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistorySliceTest {
    @TempDir
    private Path folder;

    private Path history;

    @BeforeEach
    void write() throws IOException {
        history = folder.resolve("history.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(history))) {
            out.write("""
                    {"id": "a", "content": "a1"}
                    {"id": "gone", "content": "g1"}
                    {"id": "b", "content": "b1"}
                    {"id": "a", "content": "a2"}
                    {"id": "gone"}
                    {"id": "b", "content": "b2"}
                    {"id": "c", "content": "c1"}
                    {"id": "a"}
                    """.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void thePagesAreThoseOfThatTimeInTheirTextOfThatTime() throws IOException {
        assertThat(HistorySlice.of(history, 5, 10, 10).pages())
                .containsExactly(new PageChange("a", "a2"), new PageChange("b", "b1"));
    }

    @Test
    void theChangesAreThoseThatFollow() throws IOException {
        assertThat(HistorySlice.of(history, 5, 10, 10).changes())
                .containsExactly(new PageChange("b", "b2"), new PageChange("c", "c1"), new PageChange("a", null));
    }

    /** By their keys, a comes first, then c, then b. */
    @Test
    void ofLaterPagesTheSameShareIsTaken() throws IOException {
        HistorySlice slice = HistorySlice.of(history, 5, 1, 10);

        assertThat(slice.pages()).containsExactly(new PageChange("a", "a2"));
        assertThat(slice.changes()).containsExactly(new PageChange("a", null));
    }

    @Test
    void tellsTheKindsOfChangesApart() throws IOException {
        assertThat(HistorySlice.of(history, 5, 10, 10).kinds()).isEqualTo("1 edits, 1 new pages, 1 deletions");
    }

    @Test
    void endsAfterSoManyChanges() throws IOException {
        assertThat(HistorySlice.of(history, 5, 10, 1).changes()).containsExactly(new PageChange("b", "b2"));
    }
}
