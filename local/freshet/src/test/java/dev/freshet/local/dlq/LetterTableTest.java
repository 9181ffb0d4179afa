package dev.freshet.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.Resolution.Action;
import dev.freshet.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LetterTableTest {

    @Test
    void theNewestAreKeptAndTheNewestOfThemIsLast() {
        LetterTable table = new LetterTable(3);
        for (int i = 0; i < 10; i++) {
            // Partitions are read one beside the other: letters come in no order.
            table.add(row(i % 2, i, (i * 7) % 10));
        }

        assertThat(table.count()).isEqualTo(10);
        assertThat(table.rows()).extracting(LetterTable.Row::writtenAt).containsExactly(7L, 8L, 9L);
    }

    @Test
    void nothingInALetterSteersTheTerminal() {
        LetterTable table = new LetterTable(3);
        Letter letter = new Letter(new Handle(0, 1), 1, Letters.record("docu\u001b[2Jments", 1));
        table.add(LetterTable.Row.of(letter, Action.REPLAYED));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(out, true, StandardCharsets.UTF_8);

        table.print(new Terminal(printer, printer, false, false, 100));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("\u001b")
                .contains("docu\\u001b[2Jments")
                .contains("(replayed)");
    }

    @Test
    void bytesAreShownAsTextOrInBase64() {
        assertThat(DlqShowCommand.shown(Letters.bytes("Grüße"))).isEqualTo("Grüße");
        assertThat(DlqShowCommand.shown(new byte[] {(byte) 0xff, 0})).isEqualTo("(base64) /wA=");
        assertThat(DlqShowCommand.shown(null)).isEqualTo("(none)");
    }

    @Test
    void handlesAreReadAsTheyAreWritten() {
        assertThat(Handle.parse("3@17")).hasValue(new Handle(3, 17));
        assertThat(new Handle(3, 17)).hasToString("3@17");
        assertThat(Handle.parse("3@-1")).isEmpty();
        assertThat(Handle.parse("3@99999999999999999999")).isEmpty();
        assertThat(Handle.parse("documents-3@1")).isEmpty();
    }

    @Test
    void aFilterTakesWhatNobodyDealtWithUnlessToldOtherwise() {
        LetterFilter open = new LetterFilter("parse", "malformed_json", "acme", false);

        assertThat(open.matches(Letters.record("documents", 1), null)).isTrue();
        assertThat(open.matches(Letters.record("documents", 1), Action.DISCARDED))
                .isFalse();
        assertThat(new LetterFilter(null, null, null, true).matches(Letters.record("documents", 1), Action.DISCARDED))
                .isTrue();
        assertThat(new LetterFilter("revise", null, null, false).matches(Letters.record("documents", 1), null))
                .isFalse();
        assertThat(new LetterFilter(null, "other", null, false).matches(Letters.record("documents", 1), null))
                .isFalse();
        assertThat(new LetterFilter(null, null, "globex", false).matches(Letters.record("documents", 1), null))
                .isFalse();
    }

    private static LetterTable.Row row(int partition, long offset, long writtenAt) {
        return LetterTable.Row.of(
                new Letter(new Handle(partition, offset), writtenAt, Letters.record("documents", offset)), null);
    }
}
