package dev.freshet.ingest.inflight;

import dev.freshet.core.document.Priority;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of who waits: changes and bytes by tenant and priority, how many are held by a cap, and since when the oldest waits. */
final class WaitingMetrics {
    static final long NOBODY = -1;

    private static final int MOST_TENANTS = 100;
    private static final String OTHERS = "other";
    private static final long MICROS = 1_000;

    private record Labels(String tenant, Priority priority) {}

    private static final class Sums {
        private final AtomicInteger changes = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
    }

    private final MetricGroup group;
    private final Map<Labels, Sums> sums = new ConcurrentHashMap<>();
    private final Map<String, Boolean> tenants = new ConcurrentHashMap<>();
    private volatile long oldest = NOBODY;
    private volatile int held;

    /** @param clock in milliseconds since 1970 */
    WaitingMetrics(MetricGroup group, LongSupplier clock) {
        this.group = group;
        group.gauge("heldByCap", (Gauge<Integer>) () -> held);
        group.gauge("oldestWaitMillis", (Gauge<Long>) () -> {
            long number = oldest;
            return number == NOBODY ? 0 : Math.max(0, clock.getAsLong() - number / MICROS);
        });
    }

    void held(int changes) {
        held = changes;
    }

    void oldest(long number) {
        oldest = number;
    }

    void count(WaitingTicket ticket, int sign) {
        Claim claim = ticket.claim();
        Sums of = sums.computeIfAbsent(new Labels(tenant(claim.tenant()), claim.priority()), this::register);
        of.changes.addAndGet(sign);
        of.bytes.addAndGet(sign * ticket.bytes());
    }

    /** Labels are kept for the life of the job: there must be no more of them than a monitoring system takes. */
    private String tenant(String name) {
        if (tenants.size() < MOST_TENANTS) {
            tenants.put(name, true);
        }
        return tenants.containsKey(name) ? name : OTHERS;
    }

    private Sums register(Labels labels) {
        Sums registered = new Sums();
        MetricGroup of = group.addGroup("tenant", labels.tenant())
                .addGroup("priority", labels.priority().name().toLowerCase(Locale.ROOT));
        of.gauge("waitingChanges", (Gauge<Integer>) registered.changes::get);
        of.gauge("waitingBytes", (Gauge<Long>) registered.bytes::get);
        return registered;
    }
}
