package dev.freshet.local.chunk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.chunk.EmbeddedText;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.local.terminal.Escaped;
import dev.freshet.local.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints chunks for people, and as JSON for programs. */
final class ChunkPrinter {
    private final Terminal terminal;
    private final TokenCounter tokens;
    private final @Nullable String title;

    ChunkPrinter(Terminal terminal, TokenCounter tokens, @Nullable String title) {
        this.terminal = terminal;
        this.tokens = tokens;
        this.title = title;
    }

    void lines(Extracted document, List<TextChunk> chunks) {
        String text = document.text();
        terminal.line(head(document));
        int line = 1;
        int at = 0;
        for (int i = 0; i < chunks.size(); i++) {
            TextChunk chunk = chunks.get(i);
            line += lineBreaks(text, at, chunk.start());
            at = chunk.start();
            String head = String.format(
                    Locale.ROOT,
                    "%d  line %d, characters %d to %d, %d tokens, %d embedded",
                    i + 1,
                    line,
                    chunk.start(),
                    chunk.end(),
                    chunk.tokens(),
                    embedded(chunk));
            terminal.line(terminal.bold(head));
            if (!chunk.headingPath().isEmpty()) {
                terminal.line("   " + Escaped.line(String.join(" › ", chunk.headingPath())));
            }
            terminal.line(terminal.faint("   " + Escaped.line(described(ChunkMetadata.of(chunk)))));
            chunk.text().stripTrailing().lines().forEach(words -> terminal.line("   │ " + Escaped.line(words)));
        }
        terminal.line(summary(chunks));
    }

    private static String head(Extracted document) {
        String title = document.title() == null ? "no title" : "title " + Escaped.line(document.title());
        return String.format(
                Locale.ROOT,
                "%s, %,d characters, %s",
                Escaped.line(document.contentType()),
                document.text().length(),
                title);
    }

    void json(List<TextChunk> chunks) {
        for (TextChunk chunk : chunks) {
            ChunkMetadata metadata = ChunkMetadata.of(chunk);
            ObjectNode json = Json.MAPPER
                    .createObjectNode()
                    .put("start", chunk.start())
                    .put("end", chunk.end())
                    .put("tokens", chunk.tokens())
                    .put("tokens_embedded", embedded(chunk))
                    .put("sentences", metadata.sentences())
                    .put("code_language", metadata.codeLanguage())
                    .put("symbol", metadata.symbol());
            json.set("heading_path", Json.MAPPER.valueToTree(chunk.headingPath()));
            json.set("block_types", Json.MAPPER.valueToTree(metadata.blockTypes()));
            json.set("entities", Json.MAPPER.valueToTree(metadata.entities()));
            json.set("near_duplicate_keys", Json.MAPPER.valueToTree(metadata.nearDuplicateKeys()));
            terminal.line(json.put("text", chunk.text()).toString());
        }
    }

    private static String described(ChunkMetadata metadata) {
        List<String> words = new ArrayList<>();
        words.add(String.join(", ", metadata.blockTypes()));
        words.add(metadata.sentences() == 1 ? "1 sentence" : metadata.sentences() + " sentences");
        if (!metadata.codeLanguage().isEmpty()) {
            words.add("code in " + metadata.codeLanguage());
        }
        if (!metadata.symbol().isEmpty()) {
            words.add("symbol " + metadata.symbol());
        }
        if (!metadata.entities().isEmpty()) {
            words.add(String.join(", ", metadata.entities()));
        }
        return String.join("; ", words);
    }

    private String summary(List<TextChunk> chunks) {
        if (chunks.isEmpty()) {
            return "No chunks: the file is blank.";
        }
        var sizes = chunks.stream().mapToInt(TextChunk::tokens).summaryStatistics();
        return String.format(
                Locale.ROOT,
                "%d chunks of %d to %d tokens, %.0f on average; %d tokens, %d embedded.",
                chunks.size(),
                sizes.getMin(),
                sizes.getMax(),
                sizes.getAverage(),
                sizes.getSum(),
                chunks.stream().mapToLong(this::embedded).sum());
    }

    private int embedded(TextChunk chunk) {
        return tokens.count(EmbeddedText.of(title, chunk.headingPath(), chunk.text()));
    }

    private static int lineBreaks(String text, int from, int to) {
        return (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
    }
}
