package dev.freshet.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Batches that were sent and are not answered yet. */
    private final ConcurrentLinkedQueue<CompletableFuture<List<String>>> open = new ConcurrentLinkedQueue<>();

    private final List<List<Integer>> sent = new ArrayList<>();

    @Test
    void aFullBatchLeavesAtOnceAndEveryoneGetsTheirOwnResult() throws Exception {
        try (Batcher<Integer, String> batcher = new Batcher<>("test", limits(3, 100, LONG, 1), i -> 1, this::echo)) {
            List<CompletableFuture<String>> results = List.of(batcher.submit(1), batcher.submit(2), batcher.submit(3));

            assertThat(results.get(0).get(5, TimeUnit.SECONDS)).isEqualTo("1");
            assertThat(results.get(2).get(5, TimeUnit.SECONDS)).isEqualTo("3");
            assertThat(sent).containsExactly(List.of(1, 2, 3));
        }
    }

    @Test
    void aBatchThatIsNotFullLeavesAfterTheLinger() throws Exception {
        try (Batcher<Integer, String> batcher =
                new Batcher<>("test", limits(100, 100, Duration.ofMillis(5), 1), i -> 1, this::echo)) {
            assertThat(batcher.submit(7).get(5, TimeUnit.SECONDS)).isEqualTo("7");
        }
    }

    @Test
    void weightFillsABatchAndAHeavyItemGoesAlone() throws Exception {
        try (Batcher<Integer, String> batcher = new Batcher<>("test", limits(100, 10, LONG, 9), i -> i, this::echo)) {
            batcher.submit(4).isDone();
            batcher.submit(5).isDone();
            batcher.submit(50).get(5, TimeUnit.SECONDS);

            assertThat(sent).containsExactly(List.of(4, 5), List.of(50));
        }
    }

    @Test
    void urgentItemsGoFirstAndTheOthersAreNotForgotten() {
        try (Batcher<Integer, String> batcher = new Batcher<>("test", limits(2, 100, LONG, 1), i -> 1, this::hold)) {
            batcher.submit(0, false).isDone();
            batcher.submit(1, false).isDone();
            for (int other = 2; other < 6; other++) {
                batcher.submit(other, false).isDone();
            }
            for (int urgent = 10; urgent < 19; urgent++) {
                batcher.submit(urgent, true).isDone();
            }
            while (!open.isEmpty()) {
                open.remove().complete(List.of("one", "other"));
            }

            assertThat(sent)
                    .containsExactly(
                            List.of(0, 1),
                            List.of(10, 11),
                            List.of(12, 13),
                            List.of(14, 15),
                            List.of(2, 3),
                            List.of(16, 17),
                            List.of(18, 4));
        }
    }

    @Test
    void noMoreBatchesAreUnderWayThanAllowed() throws Exception {
        try (Batcher<Integer, String> batcher = new Batcher<>("test", limits(1, 100, LONG, 2), i -> 1, this::hold)) {
            List<CompletableFuture<String>> results = List.of(batcher.submit(1), batcher.submit(2), batcher.submit(3));
            assertThat(sent).hasSize(2);

            open.remove().complete(List.of("one"));

            assertThat(results.get(0).get(5, TimeUnit.SECONDS)).isEqualTo("one");
            assertThat(sent).hasSize(3);
        }
    }

    @Test
    void theParallelismIsAskedForWheneverABatchCouldLeave() throws Exception {
        AtomicInteger places = new AtomicInteger(1);
        try (Batcher<Integer, String> batcher =
                new Batcher<>("test", limits(1, 100, LONG, 3), places::get, i -> 1, this::hold)) {
            List<CompletableFuture<String>> results = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                results.add(batcher.submit(i));
            }
            assertThat(sent).hasSize(1);

            places.set(2);
            open.remove().complete(List.of("first"));
            assertThat(sent).hasSize(3);

            // Fewer than are under way: none leaves until one more is answered. More than the limits allow: the limit.
            places.set(1);
            open.remove().complete(List.of("second"));
            assertThat(sent).hasSize(3);
            places.set(100);
            open.remove().complete(List.of("third"));
            assertThat(sent).hasSize(6);
            assertThat(results.subList(0, 3)).allMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void manyBatchesAnsweredAtOnceDoNotOverflowTheStack() throws Exception {
        try (Batcher<Integer, String> batcher = new Batcher<>("test", limits(1, 100, LONG, 1), i -> 1, this::hold)) {
            List<CompletableFuture<String>> results = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) {
                results.add(batcher.submit(i));
            }
            while (!open.isEmpty()) {
                open.remove().complete(List.of("done"));
            }

            assertThat(results).allMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void aFailedBatchFailsItsItemsAndNoOthers() {
        Function<List<Integer>, CompletableFuture<List<String>>> failing = batch -> batch.contains(13)
                ? CompletableFuture.failedFuture(new IllegalArgumentException("unlucky"))
                : answer(batch);
        try (Batcher<Integer, String> batcher = new Batcher<>("test", limits(1, 100, LONG, 1), i -> 1, failing)) {
            assertThatThrownBy(() -> batcher.submit(13).get(5, TimeUnit.SECONDS))
                    .hasRootCauseMessage("unlucky");
            assertThat(batcher.submit(14)).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("14");
        }
    }

    @Test
    void aSenderThatThrowsOrAnswersWithTheWrongCountFailsTheBatch() {
        Function<List<Integer>, CompletableFuture<List<String>>> broken = batch -> {
            if (batch.contains(1)) {
                throw new IllegalStateException("broken");
            }
            return CompletableFuture.completedFuture(List.of());
        };
        try (Batcher<Integer, String> batcher = new Batcher<>("test", limits(1, 100, LONG, 1), i -> 1, broken)) {
            assertThatThrownBy(() -> batcher.submit(1).get(5, TimeUnit.SECONDS)).hasRootCauseMessage("broken");
            assertThatThrownBy(() -> batcher.submit(2).get(5, TimeUnit.SECONDS)).hasMessageContaining("1 items");
        }
    }

    @Test
    void closingCompletesEveryFuture() {
        Batcher<Integer, String> batcher = new Batcher<>("test", limits(1, 100, LONG, 1), i -> 1, this::hold);
        List<CompletableFuture<String>> results = List.of(batcher.submit(1), batcher.submit(2));

        batcher.close();

        assertThat(results).allSatisfy(result -> assertThat(result).isCompletedExceptionally());
        assertThat(batcher.submit(3)).isCompletedExceptionally();
    }

    private CompletableFuture<List<String>> echo(List<Integer> batch) {
        sent.add(batch);
        return answer(batch);
    }

    private CompletableFuture<List<String>> hold(List<Integer> batch) {
        sent.add(batch);
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        open.add(answer);
        return answer;
    }

    private static CompletableFuture<List<String>> answer(List<Integer> batch) {
        return CompletableFuture.completedFuture(
                batch.stream().map(String::valueOf).toList());
    }

    private static Batcher.Limits limits(int items, long weight, Duration linger, int parallelism) {
        return new Batcher.Limits(items, weight, linger, parallelism);
    }
}
