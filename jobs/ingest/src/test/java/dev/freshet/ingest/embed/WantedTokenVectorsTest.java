package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenQuantizer;
import dev.freshet.core.lateinteraction.TokenStatistics;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of a text is enough only where it has the token vectors that are asked for. */
class WantedTokenVectorsTest {
    private static final Embedded WITHOUT = new Embedded(new float[8], 3);
    private static final Embedded BITS = with(TokenVectorForm.BITS);
    private static final Embedded PAIRS = with(TokenVectorForm.PAIRS);

    @Test
    void whereNoneAreAskedForEverythingIsEnough() {
        WantedTokenVectors wanted = WantedTokenVectors.of(embedder(null));

        assertThat(List.of(WITHOUT, BITS, PAIRS)).allMatch(wanted::isIn);
        assertThat(wanted.bytesOfToken()).isZero();
    }

    @Test
    void whereSomeAreAskedForOnlyThoseAreEnough() {
        WantedTokenVectors bits = WantedTokenVectors.of(embedder(TokenVectorForm.BITS));
        WantedTokenVectors pairs = WantedTokenVectors.of(embedder(TokenVectorForm.PAIRS));

        assertThat(List.of(WITHOUT, BITS, PAIRS)).filteredOn(bits::isIn).containsExactly(BITS);
        assertThat(List.of(WITHOUT, BITS, PAIRS)).filteredOn(pairs::isIn).containsExactly(PAIRS);
        assertThat(bits.bytesOfToken()).isEqualTo(48);
        assertThat(pairs.bytesOfToken()).isEqualTo(24);
    }

    private static Embedded with(TokenVectorForm form) {
        TokenStatistics statistics = TokenStatistics.of(new float[8], new float[8]);
        return new Embedded(
                new float[8],
                3,
                new TokenQuantizer(statistics, form).quantize(new float[24]).bytes());
    }

    private static Embedder embedder(@Nullable TokenVectorForm form) {
        return new Embedder() {
            @Override
            public ModelIdentity identity() {
                return new ModelIdentity("fake", "", "none", "", "", 384, 512);
            }

            @Override
            public @Nullable TokenVectorIdentity tokenVectors() {
                return form == null ? null : new TokenVectorIdentity(form, "statistics");
            }

            @Override
            public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
                throw new AssertionError("not called");
            }

            @Override
            public CompletableFuture<float[]> embedQuery(String query) {
                throw new AssertionError("not called");
            }

            @Override
            public void close() {}
        };
    }
}
