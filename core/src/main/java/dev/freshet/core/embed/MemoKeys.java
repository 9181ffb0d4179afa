package dev.freshet.core.embed;

import dev.freshet.core.text.ContentHash;

/**
 * Names what one model makes of texts: equal for equal texts and models whose vectors of passages are equal, and for no others.
 * The prefix of queries plays no part in that.
 */
public final class MemoKeys {
    private final String model;

    /** Of vectors alone. */
    public MemoKeys(ModelIdentity model) {
        this(model, "");
    }

    /** @param beside names what is made of a text beside its vector; empty for nothing */
    public MemoKeys(ModelIdentity model, String beside) {
        ContentHash hash = ContentHash.begin()
                .add(model.name())
                .add(model.revision())
                .add(model.checksum())
                .add(model.pooling())
                .add(model.normalisation())
                .add(model.passagePrefix())
                .add(Integer.toString(model.dimension()))
                .add(Integer.toString(model.maxTokens()));
        this.model = (beside.isEmpty() ? hash : hash.add(beside)).end();
    }

    /**
     * The key of a text.
     *
     * @param text without the prefix
     */
    public String of(String text) {
        return ContentHash.begin().add(model).add(text).end();
    }
}
