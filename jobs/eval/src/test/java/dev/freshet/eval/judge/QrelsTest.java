package dev.freshet.eval.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QrelsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void readsGradesByQueryAndDocument() throws Exception {
        Qrels qrels = read("query-id\tcorpus-id\tscore\n1\ta\t2\n1\tb\t0\n2\tdocs/c d.md\t-1\r\n\n");

        assertThat(qrels.of("1")).isEqualTo(Map.of("a", 2, "b", 0));
        assertThat(qrels.of("2")).isEqualTo(Map.of("docs/c d.md", -1));
        assertThat(qrels.of("3")).isEmpty();
    }

    @Test
    void aBrokenLineIsNamed() {
        assertThatThrownBy(() -> read("query-id\tcorpus-id\tscore\n1\ta\t1\n1 b 1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("test.tsv", "line 3");
        assertThatThrownBy(() -> read("query-id\tcorpus-id\tscore\n1\ta\tyes\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("test.tsv", "line 2");
    }

    private Qrels read(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("test.tsv"), content);
        return Qrels.read(new org.apache.flink.core.fs.Path(file.toString()));
    }
}
