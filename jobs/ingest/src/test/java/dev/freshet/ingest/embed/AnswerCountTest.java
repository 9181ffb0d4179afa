package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedOutcome.Rejected;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.ModelIdentity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerCountTest {
    private final Deque<CompletableFuture<List<EmbedOutcome>>> calls = new ArrayDeque<>();
    private final AtomicLong tokens = new AtomicLong();
    private final Embedder counted = new AnswerCount(new PendingEmbedder(), tokens::addAndGet);

    @Test
    void allThatIsAnsweredIsPaid() {
        CompletableFuture<List<EmbedOutcome>> first = counted.embedPassages(List.of("a", "b"));
        CompletableFuture<List<EmbedOutcome>> second = counted.embedPassages(List.of("a", "b"));

        calls.getLast().complete(List.of(new Embedded(new float[1], 3), new Rejected("poison", "refused")));
        assertThat(tokens).hasValue(3);
        assertThat(second.join()).hasSize(2);

        // Nobody waits for the first call any longer, but it was answered in the end.
        first.cancel(true);
        calls.getFirst().complete(List.of(new Embedded(new float[1], 3), new Embedded(new float[1], 4)));
        assertThat(tokens).hasValue(10);
    }

    @Test
    void whatFailsCostsNothing() {
        CompletableFuture<List<EmbedOutcome>> call = counted.embedPassages(List.of("a"));

        calls.getFirst().completeExceptionally(new IllegalStateException("away"));

        assertThat(call).isCompletedExceptionally();
        assertThat(tokens).hasValue(0);
    }

    private final class PendingEmbedder implements Embedder {
        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("pending", "", "mean", "", "", 1, 512);
        }

        @Override
        public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
            calls.addLast(new CompletableFuture<>());
            return calls.getLast();
        }

        @Override
        public CompletableFuture<float[]> embedQuery(String query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
