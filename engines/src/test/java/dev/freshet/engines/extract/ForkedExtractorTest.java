package dev.freshet.engines.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.extract.TextExtractor;
import dev.freshet.core.reliability.Survives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With processes, as in the job. */
class ForkedExtractorTest {
    private static final int MEGABYTES = 128;

    private TextExtractor extractor = new ForkedExtractor(options(Duration.ofSeconds(60)));

    @AfterEach
    void noProcessIsLeft() {
        extractor.close();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(processes()).isEmpty());
    }

    @Test
    void everyTypeIsReadInTheOtherProcess() throws Exception {
        for (var file : Files.ofEveryType().entrySet()) {
            ForeignContent content =
                    new ForeignContent(file.getValue(), MediaType.UNKNOWN, "folder/file." + file.getKey());

            assertThat(ask(content))
                    .as(file.getKey())
                    .isInstanceOfSatisfying(
                            Extracted.class, text -> assertThat(text.text()).containsIgnoringCase("pump"));
        }
        assertThat(processes()).hasSize(1);
    }

    @Test
    @Survives("B18")
    void aFileThatUnpacksToMoreThanThereIsMemoryIsRefusedAndTheNextIsRead() throws Exception {
        byte[] bomb = Files.pdfOfOneWord(400);
        assertThat(bomb.length).isLessThan(20 << 20);

        assertThat(reason(bomb, MediaType.PDF)).isEqualTo("too_much_memory");
        assertThat(text(Files.pdf("The pump starts."))).isEqualTo("The pump starts.");
    }

    @Test
    void whatTakesTooLongIsRefusedAndTheNextIsRead() throws Exception {
        extractor.close();
        extractor = new ForkedExtractor(options(Duration.ofSeconds(8)));
        assertThat(text(Files.pdf("One."))).isEqualTo("One.");
        stopProcesses();

        assertThat(reason(Files.pdf("Two."), MediaType.PDF)).isEqualTo("extract_timeout");
        assertThat(text(Files.pdf("Three."))).isEqualTo("Three.");
    }

    @Test
    void aProcessThatIsGoneIsReplaced() throws Exception {
        assertThat(text(Files.pdf("One."))).isEqualTo("One.");
        processes().forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(processes()).isEmpty());

        assertThat(text(Files.pdf("Two."))).isEqualTo("Two.");
    }

    @Test
    void whatEndsTheProcessTwiceIsRefused() throws Exception {
        assertThat(text(Files.pdf("One."))).isEqualTo("One.");
        Thread killer = Thread.ofPlatform().daemon().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                processes().forEach(ProcessHandle::destroyForcibly);
                Thread.onSpinWait();
            }
        });
        try {
            // The process that is there would answer before anybody ends it.
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(processes()).isEmpty());
            CompletableFuture<ExtractOutcome> outcome = extractor.extract(content(Files.pdf("Two.")));

            // A process that is ended before it says that it is ready is the machine's fault, not the document's.
            assertThat(outcome.handle((said, failure) -> failure == null ? String.valueOf(said) : failure.getMessage())
                            .get(60, TimeUnit.SECONDS))
                    .containsAnyOf("extract_crashed", "did not start");
        } finally {
            killer.interrupt();
            killer.join();
        }
    }

    @Test
    void manyCallersShareTheProcesses() {
        byte[] file = Files.pdf("The pump starts.");

        List<CompletableFuture<ExtractOutcome>> outcomes = IntStream.range(0, 40)
                .mapToObj(i -> extractor.extract(content(file)))
                .toList();

        assertThat(outcomes)
                .allSatisfy(
                        outcome -> assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(Extracted.class));
        assertThat(processes()).hasSize(1);
    }

    @Test
    void contentThatIsTooLargeIsNotEvenSent() throws Exception {
        assertThat(reason(new byte[(20 << 20) + 1], MediaType.PDF)).isEqualTo("too_large");
        assertThat(processes()).isEmpty();
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        assertThat(text(Files.pdf("One."))).isEqualTo("One.");
        stopProcesses();
        CompletableFuture<ExtractOutcome> outcome = extractor.extract(content(Files.pdf("Two.")));

        extractor.close();

        assertThatThrownBy(() -> outcome.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void oneProcessServesAllLeases() throws Exception {
        ForkOptions options = options(Duration.ofSeconds(59));
        try (SharedExtractor one = SharedExtractor.lease(options)) {
            try (SharedExtractor other = SharedExtractor.lease(options)) {
                one.extract(content(Files.pdf("x"))).get(60, TimeUnit.SECONDS);
                other.extract(content(Files.pdf("x"))).get(60, TimeUnit.SECONDS);
                assertThat(processes()).hasSize(1);
            }
            assertThat(one.extract(content(Files.pdf("x"))).get(60, TimeUnit.SECONDS))
                    .isInstanceOf(Extracted.class);
        }
    }

    private static ForkOptions options(Duration limit) {
        return new ForkOptions(1, MEGABYTES, new ExtractLimits(limit, 20 << 20, 200L << 20, 10 << 20, 5), null);
    }

    /** From now on they do nothing, and do not end by themselves. */
    private static void stopProcesses() throws Exception {
        for (ProcessHandle process : processes()) {
            String pid = Long.toString(process.pid());
            new ProcessBuilder("kill", "-STOP", pid).inheritIO().start().waitFor();
            // A signal is only sent by then, and a process that has work may still do it.
            await().atMost(Duration.ofSeconds(30)).until(() -> stateOf(pid).startsWith("T"));
        }
    }

    private static String stateOf(String pid) throws Exception {
        Path stat = Path.of("/proc", pid, "stat");
        if (java.nio.file.Files.exists(stat)) {
            String fields = java.nio.file.Files.readString(stat);
            return fields.substring(fields.lastIndexOf(')') + 2);
        }
        Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", pid).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static List<ProcessHandle> processes() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private static ForeignContent content(byte[] bytes) {
        return new ForeignContent(bytes, MediaType.PDF, "a");
    }

    private ExtractOutcome ask(ForeignContent content) throws Exception {
        return extractor.extract(content).get(90, TimeUnit.SECONDS);
    }

    private String text(byte[] pdf) throws Exception {
        return ((Extracted) ask(content(pdf))).text();
    }

    private String reason(byte[] bytes, String contentType) throws Exception {
        return ((Refused) ask(new ForeignContent(bytes, contentType, "a"))).reason();
    }
}
