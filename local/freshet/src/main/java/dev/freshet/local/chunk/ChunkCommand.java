package dev.freshet.local.chunk;

import dev.freshet.core.chunk.CodeLanguage;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.text.CanonicalText;
import dev.freshet.engines.embedding.Tokenizers;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.terminal.Misuse;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
        description = "Show the chunks of a text file: where each begins and ends, its tokens, and what is said of it.")
public final class ChunkCommand implements Callable<Integer> {
    private static final long LARGEST = 64L << 20;

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Markdown, HTML, code or plain text in UTF-8.")
    private Path file = Path.of("");

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "Such as text/markdown (default: by the ending of the name).")
    private @Nullable String contentType;

    @Option(names = "--title", paramLabel = "TEXT", description = "Of the document; embedded with every chunk.")
    private @Nullable String title;

    @Mixin
    private final ChunkerOptions chunks = new ChunkerOptions();

    @Option(names = "--json", description = "Print JSON, one chunk in a line.")
    private boolean json;

    public ChunkCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        List<String> problems = chunks.problems();
        if (!problems.isEmpty()) {
            throw Misuse.of(spec, String.join("; ", problems));
        }
        String text = CanonicalText.of(read());
        List<TextChunk> found = chunks.open().chunk(contentType == null ? typeOf(file) : contentType, text);
        ChunkPrinter printer = new ChunkPrinter(workspace.terminal(), Tokenizers.open(chunks.embedder()), title);
        if (json) {
            printer.json(found);
        } else {
            printer.lines(text, found);
        }
        return 0;
    }

    private String read() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Misuse.of(spec, "there is no readable file " + file);
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw Misuse.of(spec, file + " is larger than 64 MB");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Misuse.of(spec, file + " is no text in UTF-8");
        } catch (IOException e) {
            throw Misuse.of(spec, file + " cannot be read: " + e.getMessage());
        }
    }

    private static String typeOf(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "md", "markdown" -> "text/markdown";
            case "html", "htm" -> "text/html";
            default ->
                CodeLanguage.ofFileName(name).map(CodeLanguage::contentType).orElse("text/plain");
        };
    }
}
