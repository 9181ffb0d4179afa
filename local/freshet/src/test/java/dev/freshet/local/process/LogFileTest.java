package dev.freshet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path folder;

    @Test
    void tailIsTheLastLines() throws Exception {
        Path log = Files.write(folder.resolve("a.log"), List.of("one", "two", "three"));
        assertThat(LogFile.tail(log, 2)).containsExactly("two", "three");
        assertThat(LogFile.tail(log, 9)).containsExactly("one", "two", "three");
        assertThat(LogFile.tail(folder.resolve("none.log"), 9)).isEmpty();
    }

    @Test
    void aLargeLogIsMovedAsideAndCut() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "0123456789");
        LogFile.rotate(log, 10);
        assertThat(log).hasContent("0123456789");

        LogFile.rotate(log, 9);
        assertThat(log).isEmptyFile();
        assertThat(folder.resolve("a.log.1")).hasContent("0123456789");
    }
}
