package dev.freshet.engines.chunking;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.engines.code.TreeSitterOutline;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.Tokenizers;

/** Opens chunkers as the ingest job has them. */
public final class Chunkers {
    private Chunkers() {}

    /**
     * A chunker that counts with an encoder's tokenizer.
     *
     * @param embedder as in {@link Tokenizers#open(String)}
     */
    public static Chunker open(ChunkStrategy strategy, ChunkSize size, String embedder) {
        return strategy.chunker(Tokenizers.open(embedder), size, new TreeSitterOutline());
    }

    /** A chunker that counts as {@link Tokenizers#open(EmbedderSettings)} says. */
    public static Chunker open(ChunkStrategy strategy, ChunkSize size, EmbedderSettings embedder) {
        return strategy.chunker(Tokenizers.open(embedder), size, new TreeSitterOutline());
    }
}
