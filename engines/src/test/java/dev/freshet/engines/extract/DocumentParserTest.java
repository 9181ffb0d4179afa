package dev.freshet.engines.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.reliability.Survives;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentParserTest {
    private static final ExtractLimits LIMITS =
            new ExtractLimits(Duration.ofSeconds(60), 20 << 20, 10 << 20, 100_000, 4);

    private final DocumentParser parser = new DocumentParser(LIMITS);

    @Test
    void aDocumentOfWordBecomesHeadingsParagraphsAndTables() {
        Extracted text = extracted(Files.word("Pumps", "They start. # And stop."), MediaType.WORD);

        assertThat(text.text()).isEqualTo("""
                # Pumps

                They start. # And stop.

                | Part | Price |
                | --- | --- |
                | Seal | 7 \\| 8 |""");
        assertThat(text.contentType()).isEqualTo("text/markdown");
        assertThat(text.title()).isEqualTo("About Pumps");
    }

    @Test
    void everySlideHasItsTitleAsHeading() {
        Extracted text = extracted(Files.slides("Pumps", "They start\nThey stop"), MediaType.SLIDES);

        assertThat(text.text()).isEqualTo("## Pumps\n\nThey start\n\nThey stop");
        assertThat(text.title()).isEqualTo("Pumps");
    }

    @Test
    void aSheetBecomesATable() {
        Extracted text = extracted(
                Files.sheet(List.of(List.of("Pump", "Pressure"), List.of("A", "3.5 bar"), List.of("B"))),
                MediaType.SHEETS);

        assertThat(text.text()).isEqualTo("""
                # Data

                | Pump | Pressure |
                | --- | --- |
                | A | 3.5 bar |
                | B |  |""");
    }

    @Test
    void aPdfBecomesParagraphs() {
        Extracted text = extracted(Files.pdf("1. The pump starts", "and stops."), MediaType.PDF);

        assertThat(text.text()).isEqualTo("1\\. The pump starts and stops.");
        assertThat(text.title()).isEqualTo("About pumps");
    }

    @Test
    void aPdfThatAsksForNoPasswordIsReadThoughItIsEncrypted() {
        assertThat(extracted(Files.protectedPdf("", "The pump starts."), MediaType.PDF)
                        .text())
                .isEqualTo("The pump starts.");
        assertThat(reason(Files.protectedPdf("secret", "The pump starts."), MediaType.PDF))
                .isEqualTo("encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/vnd.ms-excel", "text/plain"})
    void howTheBytesBeginCountsMoreThanWhatIsStated(String stated) {
        assertThat(extracted(Files.pdf("The pump starts."), stated).text()).isEqualTo("The pump starts.");
        assertThat(extracted(Files.word("Pumps", "x"), stated).text()).startsWith("# Pumps");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/octet-stream | page.html  | <p>x           | text/markdown | x",
                "application/octet-stream | a          | <!DOCTYPE html><p>x | text/markdown | x",
                "application/octet-stream | a          | <p>x           | text/plain    | <p>x",
                "application/foo          | a          | x              | application/foo | x",
            })
    void aNameHelpsWhereNothingIsStated(String stated, String name, String content, String type, String text) {
        ExtractOutcome outcome = parser.parse(new ForeignContent(Files.utf8(content), stated, name));

        assertThat(outcome).isEqualTo(new Extracted(text, type, null));
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1251,Сначала остановите задание с точкой сохранения и запустите его снова",
        "Shift_JIS,まずジョブをセーブポイントで停止し、もう一度起動してください。今日は天気がいいですね。",
        "ISO-8859-1,Die Pumpe läuft für eine Stunde und hört dann plötzlich auf zu fördern",
        "UTF-16LE,Die Pumpe läuft für eine Stunde"
    })
    void theCharsetOfTextIsFound(String charset, String text) {
        String marked = charset.startsWith("UTF-16") ? "\uFEFF" + text : text;

        assertThat(extracted(marked.getBytes(Charset.forName(charset)), "text/plain")
                        .text())
                .isEqualTo(text);
    }

    @Test
    void aStatedCharsetIsBelieved() {
        byte[] bytes = "<p>Höhe".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(extracted(bytes, "text/html; charset=iso-8859-1").text()).isEqualTo("Höhe");
        assertThat(reason(bytes, "text/html; charset=klingon")).isEqualTo("unsupported_charset");
    }

    @Test
    void whatIsNoDocumentIsRefused() {
        byte[] packed = Files.written(out -> {
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(new byte[1000]);
            }
        });
        byte[] oldWord = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0};

        assertThat(reason(packed, "text/plain")).isEqualTo("unsupported_type");
        assertThat(reason(oldWord, "application/msword")).isEqualTo("unsupported_type");
        assertThat(reason(Files.utf8("x"), MediaType.PDF)).isEqualTo("unreadable");
        assertThat(reason(Files.utf8("%PDF-1.7 and nothing else"), MediaType.PDF))
                .isEqualTo("unreadable");
        assertThat(reason(Files.lyingZip(), MediaType.WORD)).isEqualTo("unreadable");
    }

    @Test
    @Survives("B18")
    void whatUnpacksToTooMuchIsRefusedBeforeAnybodyReadsIt() {
        byte[] bomb = Files.wordBomb(50);

        assertThat(bomb.length).isLessThan(LIMITS.bytes() / 100);
        assertThat(reason(bomb, MediaType.WORD)).isEqualTo("unpacked_too_large");
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        String words = "word ".repeat(LIMITS.text() / 5);

        assertThat(extracted(Files.utf8("<p>" + words), MediaType.HTML).text()).hasSizeGreaterThan(LIMITS.text() - 10);
        assertThat(reason(Files.utf8("<p>" + words + "word "), MediaType.HTML)).isEqualTo("text_too_long");
        assertThat(reason(("ä" + words).getBytes(StandardCharsets.ISO_8859_1), "text/plain"))
                .isEqualTo("text_too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"div", "ul", "blockquote", "table><tr><td", "b"})
    void elementsInElementsHaveALimit(String element) {
        assertThat(reason(Files.utf8(("<" + element + ">").repeat(50_000) + "x"), MediaType.HTML))
                .isEqualTo("nested_too_deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "<", "&", "<p", "`", "|", "\\", "<td>", "- ", "> ", "# ", "[", "((a+)+)+$ ", "\u200b"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Survives({"B10", "B11"})
    void aMegabyteOfTheSameTakesTimeInProportion(String unit) {
        byte[] bytes = Files.utf8(unit.repeat((1 << 20) / unit.length()));
        DocumentParser patient = new DocumentParser(ExtractLimits.DEFAULT);

        for (String type : List.of(MediaType.HTML, MediaType.EMAIL, MediaType.UNKNOWN)) {
            assertThat(patient.parse(new ForeignContent(bytes, type, "a"))).isNotNull();
        }
    }

    @Test
    void whatIsRefusedSaysNothingOfTheContent() {
        byte[] broken = Files.utf8("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages (secret words)");

        assertThat(parser.parse(new ForeignContent(broken, MediaType.PDF, "a")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.message()).doesNotContain("secret"));
    }

    @Test
    void nothingInAFileMakesTheParserOpenAConnection() throws IOException {
        try (Listener listener = new Listener()) {
            String url = listener.url();
            Map<String, byte[]> files = Map.of(
                    MediaType.HTML,
                    Files.utf8(
                            "<base href='%s/'><link rel=stylesheet href=a.css><iframe src=b></iframe><img src='%s/c'><p>x"
                                    .formatted(url, url)),
                    MediaType.WORD,
                    Files.wordWithExternalEntity(url),
                    MediaType.EMAIL,
                    Files.utf8("Content-Type: message/external-body; access-type=URL; URL=\"%s\"\r\n\r\nx"
                            .formatted(url)));

            files.forEach((type, file) -> parser.parse(new ForeignContent(file, type, "a")));

            assertThat(listener.connections()).isZero();
        }
    }

    private Extracted extracted(byte[] content, String contentType) {
        return (Extracted) parser.parse(new ForeignContent(content, contentType, "a"));
    }

    private String reason(byte[] content, String contentType) {
        return ((Refused) parser.parse(new ForeignContent(content, contentType, "a"))).reason();
    }
}
