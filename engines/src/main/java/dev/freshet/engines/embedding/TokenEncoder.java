package dev.freshet.engines.embedding;

import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.UnitVector;
import dev.freshet.core.lateinteraction.TokenStatistics;

/**
 * The token vectors of an encoder as floats, which an {@link dev.freshet.core.embed.Embedder} does not hand out: for measurements of what
 * is made of them. Runs on its callers' threads; safe for concurrent use.
 */
public final class TokenEncoder implements AutoCloseable {
    private final BuiltInModel model;
    private final ModelIdentity identity;
    private final ModelTokenizer tokenizer;
    private final Encoder encoder;

    private TokenEncoder(BuiltInModel model, ModelIdentity identity, ModelTokenizer tokenizer, Encoder encoder) {
        this.model = model;
        this.identity = identity;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /**
     * Opens an encoder that comes with Freshet.
     *
     * @throws IllegalArgumentException when there is none of that name
     * @throws IllegalStateException when it is not on the class path
     */
    public static TokenEncoder open(String name) {
        BuiltInModel model = BuiltInModel.named(name);
        byte[] graph = model.graph();
        ModelIdentity identity = model.identity(graph);
        return new TokenEncoder(
                model,
                identity,
                ModelTokenizer.truncating(model.tokenizer(), identity.maxTokens()),
                Encoder.open(graph, model.pooling()));
    }

    public ModelIdentity identity() {
        return identity;
    }

    /** The statistics that come with the model. */
    public TokenStatistics statistics() {
        return model.tokenStatistics();
    }

    /** The vectors of the tokens of a text to be found, one after the other. */
    public float[] passage(String text) {
        return encoder.tokenVectors(tokenizer.ids(identity.passagePrefix() + text));
    }

    /** The vectors of the tokens of a query, its prefix included, one after the other. */
    public float[] query(String text) {
        return encoder.tokenVectors(tokenizer.ids(identity.queryPrefix() + text));
    }

    /** The one vector, of length 1, of the text with these token vectors. */
    public float[] pooled(float[] tokenVectors) {
        return UnitVector.of(encoder.pooled(tokenVectors, identity.dimension()));
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
