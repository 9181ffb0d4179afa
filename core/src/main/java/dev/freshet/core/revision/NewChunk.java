package dev.freshet.core.revision;

import dev.freshet.core.chunk.EmbeddedText;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.text.MatchingText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that its document did not have before: it needs a vector.
 *
 * @param chunkHash as in {@link ChunkPlacement}
 * @param tokens of the text alone
 */
public record NewChunk(
        String chunkHash,
        @Nullable String title,
        List<String> headingPath,
        String text,
        int tokens,
        ChunkMetadata metadata) {
    public NewChunk {
        metadata = metadata == null ? ChunkMetadata.NONE : metadata;
        headingPath = headingPath == null ? List.of() : headingPath;
    }

    /** The text whose vector stands for the chunk, in the form in which texts are compared. */
    public String embeddedText() {
        return MatchingText.of(EmbeddedText.of(title, headingPath, text));
    }
}
