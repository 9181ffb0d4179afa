package dev.freshet.ingest.embed;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import dev.freshet.core.lateinteraction.TokenVectors;

/**
 * What a chunk is to have beside its vector: what is remembered of it without that is not enough.
 *
 * @param bytesOfToken what they take for a token, about
 * @param name of what is wanted, equal for equal bytes; empty for nothing
 */
record WantedTokenVectors(TokenVectorForm form, int bytesOfToken, String name) {
    static final WantedTokenVectors NONE = new WantedTokenVectors(TokenVectorForm.OFF, 0, "");

    static WantedTokenVectors of(Embedder embedder) {
        TokenVectorIdentity given = embedder.tokenVectors();
        if (given == null) {
            return NONE;
        }
        int bytes = embedder.identity().dimension() / Byte.SIZE;
        return new WantedTokenVectors(
                given.form(),
                given.form() == TokenVectorForm.PAIRS ? bytes / 2 : bytes,
                given.form() + " " + given.statistics());
    }

    boolean isIn(Embedded embedded) {
        byte[] held = embedded.tokenVectors();
        return form == TokenVectorForm.OFF
                || (held != null && TokenVectors.of(held).form() == form);
    }
}
