package dev.freshet.core.govern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A provider in virtual time, and senders that always have one more request for it. What it is sent is noted, as its own meter would.
 */
final class SimulatedProvider {
    record Arrival(long nanos, long tokens) {}

    private final VirtualTimer timer;
    private final Random random = new Random(7);
    final List<Arrival> arrivals = new ArrayList<>();
    long answered;
    long mostAtOnce;

    /** Tokens that it counts for one of the senders'. */
    double tokenRatio = 1;
    /** What it bears at once; with more it says that there are too many. */
    int capacity = Integer.MAX_VALUE;
    /** Who works; more than that wait for each other. */
    int workers = Integer.MAX_VALUE;

    boolean away;
    Duration retryAfter = Duration.ZERO;
    Duration latency = Duration.ofMillis(200);

    private int underWay;
    private final List<Long> workerFree = new ArrayList<>();

    SimulatedProvider(VirtualTimer timer) {
        this.timer = timer;
    }

    /** Sends one request after the other, each until it is answered. */
    void keepSending(Governor governor, int senders, int leastTokens, int mostTokens) {
        for (int i = 0; i < senders; i++) {
            send(governor, leastTokens, mostTokens);
        }
    }

    private void send(Governor governor, int leastTokens, int mostTokens) {
        long tokens = random.nextInt(leastTokens, mostTokens + 1);
        attempt(governor, tokens, 0, () -> send(governor, leastTokens, mostTokens));
    }

    void attempt(Governor governor, long tokens, int failures, Runnable then) {
        var asked = failures == 0 ? governor.admit(tokens) : governor.admitAgain(tokens, failures);
        var unused = asked.thenAccept(permit -> arrive(governor, permit, tokens, failures, then));
    }

    private void arrive(Governor governor, Governor.Permit permit, long tokens, int failures, Runnable then) {
        long counted = Math.round(tokens * tokenRatio);
        arrivals.add(new Arrival(timer.nanos(), counted));
        underWay++;
        mostAtOnce = Math.max(mostAtOnce, underWay);
        boolean tooMany = underWay > capacity;
        boolean gone = away;
        Duration time = tooMany ? Duration.ofMillis(5) : worked();
        timer.after(time, () -> {
            underWay--;
            if (tooMany) {
                permit.throttled(retryAfter);
                attempt(governor, tokens, failures + 1, then);
            } else if (gone) {
                permit.failed(retryAfter);
                attempt(governor, tokens, failures + 1, then);
            } else {
                answered++;
                permit.answered(counted);
                then.run();
            }
        });
    }

    private Duration worked() {
        long service = latency.toNanos() * random.nextInt(80, 121) / 100;
        if (workers == Integer.MAX_VALUE) {
            return Duration.ofNanos(service);
        }
        workerFree.removeIf(free -> free <= timer.nanos());
        while (workerFree.size() >= workers) {
            long first = workerFree.stream().mapToLong(free -> free).min().orElseThrow();
            workerFree.remove(first);
            service += first - timer.nanos();
        }
        workerFree.add(timer.nanos() + service);
        return Duration.ofNanos(service);
    }

    /** The most that arrived within any minute. */
    long mostRequestsInAMinute() {
        return mostInAMinute(arrival -> 1);
    }

    long mostTokensInAMinute() {
        return mostInAMinute(Arrival::tokens);
    }

    private long mostInAMinute(java.util.function.ToLongFunction<Arrival> of) {
        long minute = Duration.ofMinutes(1).toNanos();
        long most = 0;
        long sum = 0;
        int oldest = 0;
        for (Arrival arrival : arrivals) {
            sum += of.applyAsLong(arrival);
            while (arrivals.get(oldest).nanos() <= arrival.nanos() - minute) {
                sum -= of.applyAsLong(arrivals.get(oldest++));
            }
            most = Math.max(most, sum);
        }
        return most;
    }
}
