package dev.freshet.local.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How long to wait before a dead process is started again, and when to give up. */
final class RestartPolicy {

    private static final int LIMIT = 5;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);

    private final Deque<Instant> deaths = new ArrayDeque<>();

    /** The delay before the next start, doubling with every death of the last minutes; empty after too many. */
    Optional<Duration> died(Instant now) {
        while (!deaths.isEmpty() && deaths.getFirst().isBefore(now.minus(WINDOW))) {
            deaths.removeFirst();
        }
        deaths.addLast(now);
        return deaths.size() > LIMIT
                ? Optional.empty()
                : Optional.of(FIRST_DELAY.multipliedBy(1L << (deaths.size() - 1)));
    }
}
