package dev.freshet.core.embed;

/** The fake keeps the contract that tests rely on. */
final class HashEmbedderTest extends EmbedderContract {
    @Override
    protected Embedder open() {
        return new HashEmbedder(384);
    }
}
