package dev.freshet.ingest;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.engines.extract.ForkOptions;
import dev.freshet.engines.extract.OcrOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about files that are no text. */
final class ExtractOptions {
    @Option(
            names = "--extract-processes",
            defaultValue = "1",
            description = "Processes beside each TaskManager that make text of files, one file at a time each; they"
                    + " start when there is a file. Default: ${DEFAULT-VALUE}")
    int processes = 1;

    @Option(
            names = "--extract-memory",
            defaultValue = "256",
            description = "Heap of each of these processes, in megabytes; a file that takes more is dead-lettered."
                    + " Default: ${DEFAULT-VALUE}")
    int megabytes = 256;

    @Option(
            names = "--extract-timeout",
            defaultValue = "60s",
            converter = IngestOptions.TimeConverter.class,
            description = "For one file; one that takes longer is dead-lettered. Default: ${DEFAULT-VALUE}")
    Duration timeout = Duration.ofSeconds(60);

    @Option(
            names = "--largest-unpacked",
            defaultValue = "209715200",
            description = "In bytes: what an Office file may unpack to. Default: ${DEFAULT-VALUE}")
    long unpacked = 200L << 20;

    @Option(
            names = "--largest-text",
            defaultValue = "10485760",
            description = "In characters, of the text of a file. Default: ${DEFAULT-VALUE}")
    int text = 10 << 20;

    @Option(
            names = "--ocr",
            defaultValue = "auto",
            description =
                    "auto: images, and pages of PDF without text, are read with tesseract where it is installed beside"
                            + " the TaskManagers; all of them must have it, or none. off: never. Default: ${DEFAULT-VALUE}")
    String ocr = "auto";

    @Option(
            names = "--ocr-languages",
            defaultValue = "eng",
            description = "As tesseract names them, such as eng+deu; their models must be installed."
                    + " Default: ${DEFAULT-VALUE}")
    String ocrLanguages = OcrOptions.DEFAULT.languages();

    @Option(
            names = "--ocr-program",
            defaultValue = "tesseract",
            description = "A name on the path of the TaskManagers, or where it lies. Default: ${DEFAULT-VALUE}")
    String ocrProgram = OcrOptions.DEFAULT.program();

    @Option(
            names = "--detect-language",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Tell the language of every document; it takes 40 MB in each TaskManager, and about"
                    + " a millisecond for each text that is new. Default: ${DEFAULT-VALUE}")
    boolean detectLanguage = true;

    /** Everything that is wrong, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        IngestOptions.check(processes >= 1 && processes <= 64, "--extract-processes must be from 1 to 64", problems);
        IngestOptions.check(megabytes >= 64, "--extract-memory must be at least 64", problems);
        IngestOptions.check(timeout.toMillis() >= 1000, "--extract-timeout must be at least 1s", problems);
        IngestOptions.check(unpacked >= 1 << 20, "--largest-unpacked must be at least 1048576", problems);
        IngestOptions.check(text >= 1024 && text <= 1 << 28, "--largest-text must be from 1024 to 268435456", problems);
        IngestOptions.check(ocr.equals("auto") || ocr.equals("off"), "--ocr must be auto or off", problems);
        IngestOptions.check(
                OcrOptions.isLanguages(ocrLanguages), "--ocr-languages must be names as in eng+deu", problems);
        IngestOptions.check(!ocrProgram.isBlank(), "--ocr-program must not be blank", problems);
        return problems;
    }

    /**
     * The settings that these options ask for; they must have no {@link #problems}.
     *
     * @param largest bytes of a file that may come
     */
    ForkOptions settings(int largest) {
        return new ForkOptions(
                processes,
                megabytes,
                new ExtractLimits(timeout, largest, unpacked, text, ExtractLimits.DEFAULT.depth()),
                ocr.equals("off") ? null : new OcrOptions(ocrProgram, ocrLanguages));
    }
}
