package dev.freshet.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ByteBudgetTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ByteBudget budget = new ByteBudget(100);
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(SOON);
        }
    }

    @Test
    void whatFitsIsTakenAtOnce() throws InterruptedException {
        budget.take(60);
        budget.take(40);

        assertThat(budget.held()).isEqualTo(100);
    }

    @Test
    void whatDoesNotFitWaitsUntilEnoughIsGivenBack() throws InterruptedException {
        budget.take(60);
        CompletableFuture<?> second = taking(41);

        budget.giveBack(60);

        assertThat(second).succeedsWithin(SOON);
        assertThat(budget.held()).isEqualTo(41);
    }

    @Test
    void whatIsLargerThanTheBudgetGoesAlone() throws InterruptedException {
        budget.take(1);
        CompletableFuture<?> huge = taking(1_000);
        budget.giveBack(1);
        assertThat(huge).succeedsWithin(SOON);

        CompletableFuture<?> next = taking(1);
        budget.giveBack(1_000);
        assertThat(next).succeedsWithin(SOON);
    }

    @Test
    void nobodyOvertakesOneThatWaits() throws InterruptedException {
        budget.take(60);
        CompletableFuture<?> large = taking(90);
        CompletableFuture<?> small = taking(10);
        assertThat(small).isNotDone();

        budget.giveBack(60);

        assertThat(large).succeedsWithin(SOON);
        assertThat(small).succeedsWithin(SOON);
    }

    @Test
    void anInterruptEndsTheWaitAndLetsTheNextOneIn() throws Exception {
        budget.take(60);
        CompletableFuture<?> large = taking(90);
        CompletableFuture<?> small = taking(10);

        threads.getFirst().interrupt();

        assertThat(large).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(InterruptedException.class);
        assertThat(small).succeedsWithin(SOON);
        assertThat(budget.held()).isEqualTo(70);
    }

    @Test
    void noMoreIsGivenBackThanIsHeld() throws InterruptedException {
        budget.take(5);

        assertThatIllegalStateException().isThrownBy(() -> budget.giveBack(6));
    }

    @Test
    void manyThreadsNeverHoldTooMuchAndAllComeThrough() throws Exception {
        AtomicLong held = new AtomicLong();
        ConcurrentLinkedQueue<Long> tooMuch = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long bytes = 10L + 17L * i;
            all.add(start(() -> {
                for (int round = 0; round < 500; round++) {
                    budget.take(bytes);
                    long now = held.addAndGet(bytes);
                    if (now > 100 && now != bytes) {
                        tooMuch.add(now);
                    }
                    held.addAndGet(-bytes);
                    budget.giveBack(bytes);
                }
            }));
        }

        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

        assertThat(tooMuch).isEmpty();
        assertThat(budget.held()).isZero();
    }

    /** Takes on another thread; returns when that one waits, or has what it wanted. */
    private CompletableFuture<?> taking(long bytes) {
        CompletableFuture<?> taken = start(() -> budget.take(bytes));
        Thread thread = threads.getLast();
        while (!taken.isDone() && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return taken;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private CompletableFuture<?> start(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
        }));
        return done;
    }
}
