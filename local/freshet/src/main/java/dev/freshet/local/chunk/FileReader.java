package dev.freshet.local.chunk;

import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.FrontMatter;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.extract.ReadContent;
import dev.freshet.engines.extract.ForkOptions;
import dev.freshet.engines.extract.ForkedExtractor;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a file as the ingest job does: text as it is, the rest in a process that makes text of it. */
final class FileReader {
    /** The process has limits of its own, which are shorter. */
    private static final int MINUTES = 10;

    private FileReader() {}

    /**
     * The text of a file, its type and the title that it states.
     *
     * @throws IOException when the process that makes text cannot work
     */
    static ExtractOutcome read(ForeignContent file) throws IOException, InterruptedException {
        return switch (ReadContent.of(file.bytes(), file.contentType())) {
            case ReadContent.Text(String text) -> titled(new Extracted(text, file.contentType(), null));
            case ReadContent.Refused(String reason, String message) -> new ExtractOutcome.Refused(reason, message);
            case ReadContent.Foreign() -> {
                ExtractOutcome outcome = extract(file);
                yield outcome instanceof Extracted text ? titled(text) : outcome;
            }
        };
    }

    private static Extracted titled(Extracted text) {
        boolean states =
                text.title() == null && MediaType.parse(text.contentType()).isMarkdown();
        return states ? new Extracted(text.text(), text.contentType(), FrontMatter.title(text.text())) : text;
    }

    private static ExtractOutcome extract(ForeignContent file) throws IOException, InterruptedException {
        try (ForkedExtractor extractor = new ForkedExtractor(ForkOptions.DEFAULT)) {
            return extractor.extract(file).get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("it did not end", e);
        }
    }
}
