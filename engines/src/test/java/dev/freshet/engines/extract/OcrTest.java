package dev.freshet.engines.extract;

import static dev.freshet.engines.extract.Files.pdf;
import static dev.freshet.engines.extract.Files.utf8;
import static dev.freshet.engines.extract.Files.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.extract.TextExtractor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images and scanned pages, with a program in the place of tesseract that the test wrote. */
class OcrTest {
    private static final String VERSION = "[ \"$1\" = --version ] && exit 0\n";

    @TempDir
    private Path folder;

    private TextExtractor extractor = new ForkedExtractor(ForkOptions.DEFAULT);

    @AfterEach
    void noProcessIsLeft() {
        extractor.close();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ProcessHandle.current().descendants())
                        .filteredOn(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"png,image/png", "jpg,image/jpeg", "tiff,image/tiff", "png,application/octet-stream", "tiff,text/plain"
    })
    void whatTheProgramReadsInAnImageIsItsTextParagraphByParagraph(String format, String type) throws Exception {
        Path program = program("printf 'Invoice 4711\\nof March\\n\\n# Pay now.\\n\\f'");

        assertThat(read(program, image(format), type))
                .isEqualTo(new Extracted("Invoice 4711 of March\n\n\\# Pay now.", MediaType.MARKDOWN, null));
    }

    @Test
    void theProgramGetsTheImageAndTheLanguagesAndNothingOfTheEnvironment() throws Exception {
        byte[] image = image("png");
        Path program = program("wc -c < \"$1\" | tr -d ' '; echo; echo \"$2 $3 $4\"; echo; echo \"[$CLASSPATH$HOME]\"");

        assertThat(text(read(program, image, MediaType.PNG))).isEqualTo(image.length + "\n\nstdout -l eng+deu\n\n\\[]");
    }

    @Test
    void aPageWithoutTextIsReadAndOneWithTextIsNot() throws Exception {
        Path program = program("echo Read from an image");

        assertThat(text(read(program, scanned(), MediaType.PDF))).isEqualTo("Read from an image");
        assertThat(text(read(program, pdf("The pump starts, and runs for an hour."), MediaType.PDF)))
                .isEqualTo("The pump starts, and runs for an hour.");
    }

    @Test
    void withoutTheProgramAnImageIsRefusedForThatReasonAndAScannedPageIsEmpty() throws Exception {
        Path nowhere = folder.resolve("tesseract");

        assertThat(read(nowhere, image("png"), MediaType.PNG))
                .isEqualTo(new Refused(
                        "needs_ocr", "the content is an image; reading it takes tesseract, which is not installed"));
        assertThat(text(read(nowhere, scanned(), MediaType.PDF))).isEmpty();
    }

    @Test
    void aProgramThatCannotBeRunIsNotInstalled() throws Exception {
        Path noProgram = Files.writeString(folder.resolve("tesseract"), "not executable");

        assertThat(read(noProgram, image("png"), MediaType.PNG))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo("needs_ocr"));
    }

    @Test
    void whereImagesAreNotReadNoneIs() throws Exception {
        use(new ForkOptions(1, 128, ExtractLimits.DEFAULT, null));

        assertThat(ask(image("png"), MediaType.PNG))
                .isEqualTo(new Refused("needs_ocr", "the content is an image, and images are not read here"));
        assertThat(text(ask(scanned(), MediaType.PDF))).isEmpty();
    }

    @Test
    void whatTheProgramCannotReadIsRefused() throws Exception {
        assertThat(read(program("exit 3"), image("png"), MediaType.PNG))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo("unreadable"));
        assertThat(read(program("exit 3"), utf8("no image"), MediaType.PNG))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo("unreadable"));
    }

    @Test
    void aProgramThatSaysTooMuchIsRefused() throws Exception {
        ExtractLimits limits = new ExtractLimits(Duration.ofSeconds(60), 20 << 20, 200L << 20, 1000, 5);
        use(program("i=0; while [ $i -lt 100 ]; do printf '%01000d' 0; i=$((i+1)); done"), limits);

        assertThat(ask(image("png"), MediaType.PNG))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo("text_too_long"));
    }

    @Test
    void aProgramThatHangsIsEndedWithAllThatItStartedAndTheNextImageIsRead() throws Exception {
        Path pids = folder.resolve("pids");
        Path program = program(
                "if [ -e '%1$s' ]; then echo Next; exit; fi\nsleep 1000 &\necho $$ $! > '%1$s'\nwait".formatted(pids));
        use(program, limit(Duration.ofSeconds(5)));

        assertThat(ask(image("png"), MediaType.PNG))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo("extract_timeout"));
        assertEnded(pids);
        assertThat(text(ask(image("png"), MediaType.PNG))).isEqualTo("Next");
    }

    @Test
    void closingEndsTheProgramWithAllThatItStarted() throws Exception {
        Path pids = folder.resolve("pids");
        use(program("sleep 1000 &\necho $$ $! > '%s'\nwait".formatted(pids)), limit(Duration.ofSeconds(60)));
        CompletableFuture<ExtractOutcome> outcome =
                extractor.extract(new ForeignContent(image("png"), MediaType.PNG, "a"));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pids) && Files.size(pids) > 3);

        extractor.close();

        assertThat(outcome).isCompletedExceptionally();
        assertEnded(pids);
    }

    /** Only that the program is called as it wants to be: how well it reads is not measured. */
    @Test
    void theRealProgramReadsALine() throws Exception {
        assumeTrue(isInstalled(), "needs tesseract on the path");
        use(ForkOptions.DEFAULT);

        assertThat(text(ask(image("png"), MediaType.PNG))).contains("4711");
        assertThat(text(ask(scanned(), MediaType.PDF))).contains("4711");
    }

    private static boolean isInstalled() {
        return new Tesseract(OcrOptions.DEFAULT, Duration.ofSeconds(20), 1000).isInstalled();
    }

    private static void assertEnded(Path pids) throws IOException {
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ProcessHandle.of(Long.parseLong(pid))
                                    .filter(ProcessHandle::isAlive)
                                    .flatMap(process -> process.info().command()))
                            .isEmpty());
        }
    }

    private static ExtractLimits limit(Duration time) {
        return new ExtractLimits(time, 20 << 20, 200L << 20, 10 << 20, 5);
    }

    private Path program(String script) throws IOException {
        Path program = folder.resolve("tesseract");
        Files.writeString(program, "#!/bin/sh\n" + VERSION + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private void use(Path program, ExtractLimits limits) {
        use(new ForkOptions(1, 128, limits, new OcrOptions(program.toString(), "eng+deu")));
    }

    private void use(ForkOptions options) {
        extractor.close();
        extractor = new ForkedExtractor(options);
    }

    private ExtractOutcome read(Path program, byte[] content, String type) throws Exception {
        use(program, ExtractLimits.DEFAULT);
        return ask(content, type);
    }

    private ExtractOutcome ask(byte[] content, String type) throws Exception {
        return extractor.extract(new ForeignContent(content, type, "a")).get(180, TimeUnit.SECONDS);
    }

    private static String text(ExtractOutcome outcome) {
        assertThat(outcome).isInstanceOf(Extracted.class);
        return ((Extracted) outcome).text();
    }

    private static BufferedImage drawn() {
        BufferedImage image = new BufferedImage(800, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 800, 200);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 60));
        // Where no font is installed, the image stays empty: only the real program needs what it shows.
        if (isInstalled()) {
            graphics.drawString("Invoice 4711", 50, 120);
        }
        graphics.dispose();
        return image;
    }

    private static byte[] image(String format) throws IOException {
        return written(out -> ImageIO.write(drawn(), format, out));
    }

    private static byte[] scanned() throws IOException {
        return written(out -> {
            try (PDDocument document = new PDDocument()) {
                PDPage page = new PDPage();
                document.addPage(page);
                PDImageXObject image = LosslessFactory.createFromImage(document, drawn());
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.drawImage(image, 100, 500, 400, 100);
                }
                document.save(out);
            }
        });
    }
}
