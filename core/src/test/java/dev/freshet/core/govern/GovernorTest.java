package dev.freshet.core.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GovernorTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final VirtualTimer timer = new VirtualTimer();
    private final SimulatedProvider provider = new SimulatedProvider(timer);

    @Test
    void theLimitOfRequestsIsKeptInEveryMinuteAndUsed() {
        Governor governor = new Governor(new GovernorLimits(3_000, 1_000_000, false), timer);
        provider.keepSending(governor, 64, 10, 200);

        timer.pass(FIVE_MINUTES);

        assertThat(provider.mostRequestsInAMinute()).isLessThanOrEqualTo(3_060);
        assertThat(provider.arrivals.size()).isBetween(5 * 3_000 * 95 / 100, 5 * 3_060);
    }

    @Test
    void theLimitOfTokensIsKeptInEveryMinuteAndUsed() {
        Governor governor = new Governor(new GovernorLimits(3_000, 1_000_000, false), timer);
        provider.keepSending(governor, 64, 500, 8_000);

        timer.pass(FIVE_MINUTES);

        assertThat(provider.mostTokensInAMinute()).isLessThanOrEqualTo(1_020_000);
        assertThat(tokens()).isBetween(5 * 950_000L, 5 * 1_020_000L);
    }

    @Test
    void aProviderThatCountsOtherTokensIsUnderstood() {
        provider.tokenRatio = 1.4;
        Governor governor = new Governor(new GovernorLimits(0, 1_000_000, false), timer);
        provider.keepSending(governor, 64, 500, 6_000);

        timer.pass(FIVE_MINUTES);

        assertThat(governor.status().tokenRatio()).isCloseTo(1.4, within(0.01));
        assertThat(provider.mostTokensInAMinute()).isLessThanOrEqualTo(1_020_000);
        assertThat(tokens()).isGreaterThan(5 * 950_000L);
    }

    @Test
    void processesThatShareALimitKeepItTogether() {
        Governor one = new Governor(new GovernorLimits(3_000, 0, false), timer);
        Governor other = new Governor(new GovernorLimits(3_000, 0, false), timer);
        one.join(4);
        other.join(4);
        other.join(4);
        other.join(4);
        provider.keepSending(one, 64, 1, 1);
        provider.keepSending(other, 64, 1, 1);

        timer.pass(FIVE_MINUTES);

        assertThat(provider.mostRequestsInAMinute()).isLessThanOrEqualTo(3_060);
        assertThat(provider.arrivals.size()).isGreaterThan(5 * 3_000 * 95 / 100);
    }

    @Test
    void itFindsHowManyRequestsTheProviderBearsAtOnce() {
        provider.capacity = 20;
        Governor governor = new Governor(new GovernorLimits(0, 0, true), timer);
        provider.keepSending(governor, 100, 1, 1);

        timer.pass(FIVE_MINUTES);

        // 20 places of 200 ms are 100 requests per second; one too many is tried now and then.
        assertThat(provider.answered).isGreaterThan(5 * 60 * 100 * 70 / 100);
        assertThat(governor.status().throttled() * 20).isLessThan(provider.answered);
        assertThat(provider.mostAtOnce).isLessThanOrEqualTo(22);
    }

    @Test
    void itAsksForNoMoreWhereMoreOnlyWaitsLonger() {
        provider.workers = 8;
        Governor governor = new Governor(new GovernorLimits(0, 0, true), timer);
        provider.keepSending(governor, 400, 1, 1);

        timer.pass(Duration.ofMinutes(1));

        assertThat(provider.answered).isGreaterThan(60 * 40 * 80 / 100);
        assertThat(provider.mostAtOnce).isLessThan(100);
    }

    @Test
    void nothingLeavesBeforeTheProviderWantsToBeAskedAgain() {
        Governor governor = new Governor(new GovernorLimits(0, 0, true), timer);
        Governor.Permit refused = leave(governor);
        refused.throttled(Duration.ofSeconds(90));
        CompletableFuture<Governor.Permit> next = governor.admit(1);

        timer.pass(Duration.ofSeconds(89));
        assertThat(next).isNotDone();

        timer.pass(Duration.ofSeconds(11));
        assertThat(next).isCompleted();
    }

    @Test
    void aProviderThatIsAwayIsHardlyAskedAndUsedAgainWhenItIsBack() {
        Governor governor = new Governor(new GovernorLimits(6_000, 0, true), timer);
        provider.keepSending(governor, 32, 1, 1);
        timer.pass(Duration.ofMinutes(1));
        int before = provider.arrivals.size();

        provider.away = true;
        timer.pass(Duration.ofMinutes(10));
        int whileAway = provider.arrivals.size() - before;
        assertThat(governor.status().broken()).isTrue();
        // A try every half minute when it has been away for long, and what was under way when it went.
        assertThat(whileAway).isLessThan(100);

        provider.away = false;
        long answered = provider.answered;
        // The longest pause of the breaker is half a minute.
        timer.pass(Duration.ofSeconds(31));
        assertThat(governor.status().broken()).isFalse();
        timer.pass(Duration.ofMinutes(1));
        assertThat(provider.answered - answered).isGreaterThan(3_000);
    }

    @Test
    void whatIsSentAgainIsAPartOfWhatWasAnswered() {
        Governor governor = new Governor(new GovernorLimits(0, 0, false), timer);
        // Every second request fails: too few for the breaker to open for long, and more than the budget allows.
        boolean[] fails = {false};
        List<Runnable> send = new ArrayList<>();
        int[] sent = {0};
        long[] answered = {0};
        send.add(() -> attempt(governor, 0, fails, sent, answered, send.getFirst()));
        for (int i = 0; i < 8; i++) {
            send.getFirst().run();
        }

        timer.pass(FIVE_MINUTES);

        long repeated = governor.status().repeated();
        assertThat(repeated).isPositive().isLessThanOrEqualTo(20 + 5 * 30 + answered[0] / 5);
        assertThat(sent[0]).isGreaterThan(100);
    }

    private void attempt(Governor governor, int failures, boolean[] fails, int[] sent, long[] answered, Runnable then) {
        var asked = failures == 0 ? governor.admit(1) : governor.admitAgain(1, failures);
        var unused = asked.thenAccept(permit -> timer.after(Duration.ofMillis(100), () -> {
            sent[0]++;
            fails[0] = !fails[0];
            if (fails[0]) {
                permit.failed(Duration.ZERO);
                attempt(governor, failures + 1, fails, sent, answered, then);
            } else {
                answered[0]++;
                permit.answered(0);
                then.run();
            }
        }));
    }

    @Test
    void whoWaitsIsToldWhenTheGovernorCloses() {
        Governor governor = new Governor(new GovernorLimits(1, 0, false), timer);
        leave(governor).failed(Duration.ZERO);
        CompletableFuture<Governor.Permit> waiting = governor.admit(1);
        CompletableFuture<Governor.Permit> pausing = governor.admitAgain(1, 1);

        governor.close();

        assertThat(waiting).isCompletedExceptionally();
        assertThat(pausing).isCompletedExceptionally();
        assertThat(governor.admit(1)).isCompletedExceptionally();
        assertThat(governor.admitAgain(1, 1)).isCompletedExceptionally();
    }

    @Test
    void aPermitEndsOnce() {
        Governor governor = new Governor(GovernorLimits.NONE, timer);
        Governor.Permit permit = leave(governor);
        permit.answered(1);
        permit.failed(Duration.ofMinutes(1));

        assertThat(governor.status().underWay()).isZero();
        assertThat(governor.status().failed()).isZero();
    }

    private static Governor.Permit leave(Governor governor) {
        CompletableFuture<Governor.Permit> permit = governor.admit(1);
        assertThat(permit).isCompleted();
        return permit.join();
    }

    private long tokens() {
        return provider.arrivals.stream()
                .mapToLong(SimulatedProvider.Arrival::tokens)
                .sum();
    }
}
