package dev.freshet.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTest {

    @Test
    void whatSteersATerminalOrHidesIsWrittenOut() {
        assertThat(Escaped.lines("a\u001b[31mred\u009b0m\u0007\u007f\r"))
                .isEqualTo("a\\u001b[31mred\\u009b0m\\u0007\\u007f\\u000d");
        assertThat(Escaped.lines("left\u202eright\u200b\u2028")).isEqualTo("left\\u202eright\\u200b\\u2028");
        assertThat(Escaped.lines("\ud800 tag \udb40\udc41")).isEqualTo("\\ud800 tag \\u{e0041}");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        assertThat(Escaped.line("Grüße, 東京 🚲")).isEqualTo("Grüße, 東京 🚲");
    }

    @Test
    void linesStayOnlyWhereTheyAreWanted() {
        assertThat(Escaped.lines("a\n\tb")).isEqualTo("a\n\tb");
        assertThat(Escaped.line("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
    }
}
