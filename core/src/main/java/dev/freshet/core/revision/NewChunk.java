package dev.freshet.core.revision;

import dev.freshet.core.chunk.EmbeddedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that its document did not have before: it needs a vector.
 *
 * @param chunkHash as in {@link ChunkPlacement}
 * @param tokens of the text alone
 */
public record NewChunk(String chunkHash, @Nullable String title, List<String> headingPath, String text, int tokens) {
    public NewChunk {
        headingPath = headingPath == null ? List.of() : headingPath;
    }

    public String embeddedText() {
        return EmbeddedText.of(title, headingPath, text);
    }
}
