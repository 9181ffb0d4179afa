package dev.freshet.engines.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbeddedQuery;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.lateinteraction.MaxSim;
import dev.freshet.core.lateinteraction.QueryTokens;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import dev.freshet.core.lateinteraction.TokenVectors;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token vectors come from the forward pass that makes the vector. */
class TokenVectorsOfEncodersTest {
    private static final String PUMP = "The pump raises the pressure of the water in the pipe.";
    private static final String CHOIR = "On Sundays a choir sings old songs from the mountains.";

    @Test
    void nothingIsKeptUnlessItIsAskedFor() throws Exception {
        try (Embedder embedder = Embedders.open("minilm", 1)) {
            assertThat(embedder.tokenVectors()).isNull();
            assertThat(embed(embedder, PUMP).tokenVectors()).isNull();
        }
    }

    @Test
    void thereIsAVectorForEveryTokenAndTheVectorOfTheTextStaysTheSame() throws Exception {
        try (Embedder off = Embedders.open("minilm", 1);
                Embedder bits = open("minilm", TokenVectorForm.BITS);
                Embedder pairs = open("minilm", TokenVectorForm.PAIRS)) {
            Embedded embedded = embed(bits, PUMP);

            TokenVectors kept = kept(embedded);
            assertThat(embedded.vector()).containsExactly(embed(off, PUMP).vector());
            assertThat(kept.dimension()).isEqualTo(384);
            assertThat(kept.count()).isEqualTo(embedded.tokens());
            assertThat(kept(embed(pairs, PUMP)).count()).isEqualTo((embedded.tokens() + 1) / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minilm", "bge-small"})
    void aQueryIsNearestToThePassageThatAnswersIt(String model) throws Exception {
        try (Embedder embedder = open(model, TokenVectorForm.BITS)) {
            String question = "What raises the pressure of water in a pipe?";
            EmbeddedQuery query = embedder.embedQueryTokens(question).get(30, TimeUnit.SECONDS);
            QueryTokens tokens = Objects.requireNonNull(query.tokens());

            double pump = MaxSim.fastest().score(tokens, kept(embed(embedder, PUMP)));
            double choir = MaxSim.fastest().score(tokens, kept(embed(embedder, CHOIR)));

            assertThat(query.vector())
                    .containsExactly(embedder.embedQuery(question).get(30, TimeUnit.SECONDS));
            assertThat(pump / tokens.count()).isGreaterThan(choir / tokens.count() + 0.1);
        }
    }

    /** Another file under the same name would make bits that must not meet those of an index. */
    @ParameterizedTest
    @CsvSource({
        "minilm, 051d825775bd22066c90f86a46e6ad7c1abc2b7a384dd696f41268453d7d2334",
        "bge-small, 15b985925dfcc8c1ca466cee8373d511c70780fe1651c5f611a91c168e1b1d0a"
    })
    void theStatisticsOfAModelStayTheSame(String model, String checksum) {
        try (Embedder embedder = open(model, TokenVectorForm.PAIRS)) {
            assertThat(embedder.tokenVectors()).isEqualTo(new TokenVectorIdentity(TokenVectorForm.PAIRS, checksum));
        }
    }

    @Test
    void aLeaseTellsWhatItsEmbedderTells() throws Exception {
        EmbedderSettings settings = new EmbedderSettings("minilm", 1).keeping(TokenVectorForm.BITS);
        try (Embedder shared = SharedEmbedder.lease(settings)) {
            assertThat(shared.tokenVectors()).isNotNull();
            assertThat(shared.embedQueryTokens("water")
                            .get(30, TimeUnit.SECONDS)
                            .tokens())
                    .isNotNull();
        }
    }

    @Test
    void whoCannotTellThemIsRefused() {
        assertThat(new EmbedderSettings("hash", 1).keeping(TokenVectorForm.BITS).problems())
                .singleElement()
                .asString()
                .contains("--token-vectors bits", "minilm or bge-small", "hash");
        assertThat(new EmbedderSettings("minilm", 1)
                        .keeping(TokenVectorForm.BITS)
                        .problems())
                .isEmpty();
    }

    private static Embedder open(String model, TokenVectorForm form) {
        return Embedders.open(new EmbedderSettings(model, 1).keeping(form));
    }

    private static Embedded embed(Embedder embedder, String text) throws Exception {
        return (Embedded)
                embedder.embedPassages(List.of(text)).get(30, TimeUnit.SECONDS).getFirst();
    }

    private static TokenVectors kept(Embedded embedded) {
        return TokenVectors.of(Objects.requireNonNull(embedded.tokenVectors()));
    }
}
