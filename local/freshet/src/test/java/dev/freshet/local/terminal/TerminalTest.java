package dev.freshet.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void coloursAndBarsAppearOnATerminalOnly() {
        Terminal terminal = Terminal.of(stream, stream, Map.of("FRESHET_TTY", "1"));
        assertThat(terminal.bold("x")).isEqualTo("\u001b[1mx\u001b[0m");
        try (ProgressBar bar = new ProgressBar(terminal, "Sending")) {
            bar.show(1, 2, "");
        }
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("Sending [############............]  50 %");

        written.reset();
        Terminal file = Terminal.of(stream, stream, Map.of("FRESHET_TTY", "0"));
        assertThat(file.bold("x")).isEqualTo("x");
        try (ProgressBar bar = new ProgressBar(file, "Sending")) {
            bar.show(1, 2, "");
        }
        assertThat(written.size()).isZero();
    }

    @Test
    void noColourIsRespected() {
        Terminal terminal = Terminal.of(stream, stream, Map.of("FRESHET_TTY", "1", "NO_COLOR", "1"));
        assertThat(terminal.interactive()).isTrue();
        assertThat(terminal.good("x")).isEqualTo("x");
    }

    @Test
    void textFromOutsideCannotDriveTheTerminal() {
        assertThat(Terminal.printable("a\u001b[2Jb\rc")).isEqualTo("a\uFFFD[2Jb\uFFFDc");
    }
}
