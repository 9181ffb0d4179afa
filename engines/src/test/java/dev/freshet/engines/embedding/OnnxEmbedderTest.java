package dev.freshet.engines.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderContract;
import dev.freshet.core.embed.EmbedderUnavailableException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class OnnxEmbedderTest {
    @Nested
    final class MiniLm extends EmbedderContract {
        @Override
        protected Embedder open() {
            return Embedders.open("minilm", 2);
        }
    }

    @Nested
    final class BgeSmall extends EmbedderContract {
        @Override
        protected Embedder open() {
            return Embedders.open("bge-small", 2);
        }
    }

    @Test
    void theIdentityHoldsTheChecksumOfTheWeights() {
        try (Embedder embedder = Embedders.open("minilm", 1)) {
            assertThat(embedder.identity().checksum())
                    .isEqualTo("afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1");
            assertThat(embedder.identity().pooling()).isEqualTo("mean");
        }
    }

    @Test
    void whatIsBehindTheLimitOfTheModelIsCut() throws Exception {
        try (Embedder embedder = Embedders.open("minilm", 1)) {
            String exact = "water ".repeat(600);

            List<EmbedOutcome> outcomes =
                    embedder.embedPassages(List.of(exact, exact + "fire")).get(30, TimeUnit.SECONDS);

            EmbedOutcome.Embedded whole = (EmbedOutcome.Embedded) outcomes.get(0);
            EmbedOutcome.Embedded longer = (EmbedOutcome.Embedded) outcomes.get(1);
            assertThat(whole.tokens()).isEqualTo(512);
            assertThat(longer.vector()).containsExactly(whole.vector());
        }
    }

    @Test
    void aQueryDoesNotWaitBehindPassages() throws Exception {
        Embedder embedder = Embedders.open("minilm", 1);
        CompletableFuture<List<EmbedOutcome>> passages =
                embedder.embedPassages(Collections.nCopies(2_000, "water ".repeat(500)));

        embedder.embedQuery("water").get(30, TimeUnit.SECONDS);

        assertThat(passages).isNotDone();
        embedder.close();
        assertThatThrownBy(() -> passages.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(EmbedderUnavailableException.class);
    }

    @Test
    void callsThatWaitAreBounded() {
        try (Embedder embedder = Embedders.open("minilm", 1)) {
            List<String> slow = List.of("water ".repeat(500));
            List<CompletableFuture<List<EmbedOutcome>>> calls = Collections.nCopies(300, slow).stream()
                    .map(embedder::embedPassages)
                    .toList();

            assertThat(calls.getLast())
                    .failsWithin(0, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(EmbedderUnavailableException.class);
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Embedders.open("word2vec", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("word2vec", "minilm", "bge-small");
    }
}
