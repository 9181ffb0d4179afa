package dev.freshet.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100);

    @Test
    void whatFitsIsTakenAtOnce() {
        assertThat(budget.take(60)).isCompleted();
        assertThat(budget.take(40)).isCompleted();

        assertThat(budget.held()).isEqualTo(100);
    }

    @Test
    void whatDoesNotFitWaitsUntilEnoughIsGivenBack() {
        assertThat(budget.take(60)).isCompleted();
        CompletableFuture<Void> second = budget.take(41);
        assertThat(second).isNotDone();

        budget.giveBack(60);

        assertThat(second).isCompleted();
        assertThat(budget.held()).isEqualTo(41);
    }

    @Test
    void whatIsLargerThanTheBudgetGoesAlone() {
        assertThat(budget.take(1)).isCompleted();
        CompletableFuture<Void> huge = budget.take(1_000);
        assertThat(huge).isNotDone();
        budget.giveBack(1);
        assertThat(huge).isCompleted();

        CompletableFuture<Void> next = budget.take(1);
        assertThat(next).isNotDone();
        budget.giveBack(1_000);
        assertThat(next).isCompleted();
    }

    @Test
    void nobodyOvertakesOneThatWaits() {
        assertThat(budget.take(60)).isCompleted();
        CompletableFuture<Void> large = budget.take(90);
        CompletableFuture<Void> small = budget.take(10);
        assertThat(small).isNotDone();

        budget.giveBack(60);

        assertThat(large).isCompleted();
        assertThat(small).isCompleted();
    }

    @Test
    void oneThatWaitsNoMoreLetsTheNextOneIn() {
        assertThat(budget.take(60)).isCompleted();
        CompletableFuture<Void> large = budget.take(90);
        CompletableFuture<Void> small = budget.take(10);

        large.cancel(false);
        budget.giveBack(60);

        assertThat(small).isCompleted();
        assertThat(budget.held()).isEqualTo(10);
    }

    @Test
    void noMoreIsGivenBackThanIsHeld() {
        assertThat(budget.take(5)).isCompleted();

        assertThatIllegalStateException().isThrownBy(() -> budget.giveBack(6));
    }

    @Test
    void manyThreadsNeverHoldTooMuchAndAllComeThrough() throws Exception {
        AtomicLong held = new AtomicLong();
        ConcurrentLinkedQueue<Long> tooMuch = new ConcurrentLinkedQueue<>();
        CompletableFuture<?>[] ends = new CompletableFuture<?>[8];
        for (int i = 0; i < ends.length; i++) {
            long bytes = 10L + 17L * i;
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends[i] = end;
            Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 500; round++) {
                    budget.take(bytes).join();
                    long now = held.addAndGet(bytes);
                    if (now > 100 && now != bytes) {
                        tooMuch.add(now);
                    }
                    held.addAndGet(-bytes);
                    budget.giveBack(bytes);
                }
                end.complete(null);
            });
        }

        CompletableFuture.allOf(ends).get(20, TimeUnit.SECONDS);

        assertThat(tooMuch).isEmpty();
        assertThat(budget.held()).isZero();
    }
}
