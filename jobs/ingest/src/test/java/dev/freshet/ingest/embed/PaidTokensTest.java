package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedOutcome.Rejected;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.VectorMemo;
import dev.freshet.core.govern.Governor;
import dev.freshet.core.govern.GovernorLimits;
import dev.freshet.core.govern.VirtualTimer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaidTokensTest {
    private final Deque<CompletableFuture<List<EmbedOutcome>>> calls = new ArrayDeque<>();
    private final CollectedMetrics metrics = new CollectedMetrics();
    private final Governor governor = new Governor(GovernorLimits.NONE, new VirtualTimer());
    private final EmbedCalls counted =
            new EmbedCalls(new PendingEmbedder(), governor, new EmbedMetrics(metrics.operator(), new VectorMemo(0)));

    @Test
    void allThatIsAnsweredIsPaid() {
        CompletableFuture<List<EmbedOutcome>> first = counted.send(passages("a", "b"));
        CompletableFuture<List<EmbedOutcome>> second = counted.send(passages("a", "b"));

        calls.getLast().complete(List.of(new Embedded(new float[1], 3), new Rejected("poison", "refused")));
        assertThat(metrics.count("tokensPaid")).isEqualTo(3);
        assertThat(second.join()).hasSize(2);

        // Nobody waits for the first call any longer, but it was answered in the end.
        first.cancel(true);
        calls.getFirst().complete(List.of(new Embedded(new float[1], 3), new Embedded(new float[1], 4)));
        assertThat(metrics.count("tokensPaid")).isEqualTo(10);
    }

    @Test
    void whatFailsCostsNothing() {
        CompletableFuture<List<EmbedOutcome>> call = counted.send(passages("a"));

        calls.getFirst().completeExceptionally(new IllegalStateException("away"));

        assertThat(call).isCompletedExceptionally();
        assertThat(metrics.count("tokensPaid")).isZero();
    }

    private static List<Passage> passages(String... texts) {
        return Stream.of(texts).map(text -> new Passage(text, 1, true)).toList();
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
