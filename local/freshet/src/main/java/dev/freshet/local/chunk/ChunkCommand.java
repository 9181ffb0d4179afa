package dev.freshet.local.chunk;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.FileEndings;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.MediaType;
import dev.freshet.engines.embedding.Tokenizers;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.Misuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the chunks that the ingest job makes of a file; needs no stack. */
@Command(
        name = "chunk",
        description = "Show the chunks of a file: where each begins and ends, its tokens, and what is said of it.")
public final class ChunkCommand implements Callable<Integer> {
    private static final long LARGEST = 64L << 20;

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A document of any format that the job reads.")
    private Path file = Path.of("");

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "Such as text/markdown (default: by the ending of the name).")
    private @Nullable String contentType;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "Of the document; embedded with every chunk (default: as the file states it).")
    private @Nullable String title;

    @Mixin
    private final ChunkerOptions chunks = new ChunkerOptions();

    @Option(names = "--json", description = "Print JSON, one chunk in a line.")
    private boolean json;

    public ChunkCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> problems = chunks.problems();
        if (!problems.isEmpty()) {
            throw Misuse.of(spec, String.join("; ", problems));
        }
        Extracted document = document();
        List<TextChunk> found = chunker().chunk(document.contentType(), document.text());
        ChunkPrinter printer =
                new ChunkPrinter(workspace.terminal(), Tokenizers.open(chunks.embedder()), document.title());
        if (json) {
            printer.json(found);
        } else {
            printer.lines(document, found);
        }
        return 0;
    }

    private Chunker chunker() {
        try {
            return chunks.open();
        } catch (EmbedderMisconfiguredException e) {
            throw Misuse.of(spec, String.valueOf(e.getMessage()));
        }
    }

    /** The text of the file, under the title that is given, else under the one that it states. */
    private Extracted document() throws InterruptedException {
        String type = contentType == null
                ? Objects.requireNonNullElse(FileEndings.contentType(name()), MediaType.PLAIN)
                : contentType;
        try {
            return switch (FileReader.read(new ForeignContent(read(), type, name()))) {
                case Extracted(String text, String textType, String stated) ->
                    new Extracted(text, textType, title == null ? stated : title);
                case Refused(String reason, String message) ->
                    throw Misuse.of(spec, file + " cannot be read: " + message + " (" + reason + ")");
            };
        } catch (IOException e) {
            throw new StackException(file + " could not be read: " + e.getMessage(), e);
        }
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }

    private byte[] read() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Misuse.of(spec, "there is no readable file " + file);
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw Misuse.of(spec, file + " is larger than 64 MB");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Misuse.of(spec, file + " cannot be read: " + e.getMessage());
        }
    }
}
