package dev.freshet.engines.embedding;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderContract;

final class HashEmbedderTest extends EmbedderContract {
    @Override
    protected Embedder open() {
        return new HashEmbedder(384);
    }
}
