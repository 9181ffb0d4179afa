package dev.freshet.ingest.inflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InFlightBytesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void bytesGoBackInTheOrderInWhichResultsLeave() throws InterruptedException {
        try (InFlightBytes inFlight = InFlightBytes.lease("order", 100)) {
            InFlightBytes.Held first = inFlight.take(30);
            InFlightBytes.Held second = inFlight.take(40);

            second.done();
            assertThat(inFlight.ofProcess())
                    .as("its result waits for the first")
                    .isEqualTo(70);

            first.done();
            assertThat(inFlight.ofProcess()).isZero();
        }
    }

    @Test
    void allSubtasksOfAStageInAProcessShareOneBudgetAndStagesDoNot() throws InterruptedException {
        try (InFlightBytes one = InFlightBytes.lease("shared", 100);
                InFlightBytes two = InFlightBytes.lease("shared", 100);
                InFlightBytes other = InFlightBytes.lease("other", 100)) {
            InFlightBytes.Held held = one.take(70);
            CompletableFuture<InFlightBytes.Held> waiting = taking(two, 70);
            other.take(70);
            assertThat(waiting).isNotDone();

            held.done();

            assertThat(waiting).succeedsWithin(SOON);
        }
    }

    @Test
    void whatASubtaskHadInFlightIsFreeWhenItIsClosed() throws InterruptedException {
        try (InFlightBytes other = InFlightBytes.lease("closing", 100)) {
            InFlightBytes closed = InFlightBytes.lease("closing", 100);
            InFlightBytes.Held late = closed.take(60);
            closed.take(30);

            closed.close();
            closed.close();
            late.done();

            assertThat(other.ofProcess()).isZero();
            assertThatIllegalStateException().isThrownBy(() -> closed.take(1));
            assertThat(other.ofProcess()).isZero();
        }
    }

    private static CompletableFuture<InFlightBytes.Held> taking(InFlightBytes inFlight, long bytes) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return inFlight.take(bytes);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }
}
