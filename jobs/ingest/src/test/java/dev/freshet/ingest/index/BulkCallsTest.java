package dev.freshet.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.core.batch.ConcurrencyLimit;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.AlreadyNewer;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.index.WriteOutcome.Written;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkCallsTest {
    private static final List<IndexWrite> WRITES =
            List.of(new IndexWrite.DeleteChunk("a", 1), new IndexWrite.DeleteChunk("b", 1));

    private final ConcurrencyLimit limit = new ConcurrencyLimit(4);

    @BeforeEach
    void allPlacesAreOpen() {
        while (limit.current() < 4) {
            answer(new Written(), new AlreadyNewer());
        }
    }

    @Test
    void oneWriteThatWasTooMuchHalvesThePlaces() {
        answer(new Written(), new Retryable("rejected_execution", true));

        assertThat(limit.current()).isEqualTo(2);
    }

    @Test
    void aRefusedWriteAndABlockedIndexSayNothingAboutThePlaces() {
        answer(new Written(), new Rejected("mapper_parsing_exception", "x"));
        answer(new Retryable("cluster_block_exception"), new Written());
        assertThat(limit.current()).isEqualTo(4);
    }

    @Test
    void afterAWriterThatThrewThePlaceIsFreeAgain() {
        BulkCalls broken = new BulkCalls(
                new FakeWriter(writes -> {
                    throw new IllegalStateException("broken");
                }),
                limit);
        for (int i = 0; i < 10; i++) {
            assertThatIllegalStateException().isThrownBy(() -> broken.send(WRITES));
        }
        answer(new Retryable("timeout", true), new Retryable("timeout", true));
        assertThat(limit.current()).isEqualTo(2);

        // Not one of two places is taken: a success lets it not grow.
        answer(new Written(), new Written());
        assertThat(limit.current()).isEqualTo(2);
    }

    /** One request, or as many at once as there are places while they grow. */
    private void answer(WriteOutcome first, WriteOutcome second) {
        CompletableFuture<List<WriteOutcome>> answer = new CompletableFuture<>();
        BulkCalls calls = new BulkCalls(new FakeWriter(writes -> answer), limit);
        boolean grows = first instanceof Written && second instanceof AlreadyNewer;
        for (int i = 0; i < (grows ? limit.current() : 1); i++) {
            assertThat(calls.send(WRITES)).isNotDone();
        }
        answer.complete(List.of(first, second));
    }

    private record FakeWriter(Function<List<IndexWrite>, CompletableFuture<List<WriteOutcome>>> answers)
            implements IndexWriter {
        @Override
        public CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> writes) {
            return answers.apply(writes);
        }

        @Override
        public void close() {}
    }
}
