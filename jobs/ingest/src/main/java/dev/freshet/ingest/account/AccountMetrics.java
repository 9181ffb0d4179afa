package dev.freshet.ingest.account;

import dev.freshet.core.account.OutcomeKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Metrics of the account stage, in the group {@code freshet.account}. Counters are of this run; the gauges are of the
 * state, of partitions that this run has seen something of.
 */
final class AccountMetrics {
    private final Counter records;
    private final Counter applied;
    private final Counter unchanged;
    private final Counter superseded;
    private final Counter deadLettered;
    private final Counter unexpected;
    /** By partition; gauges are read by another thread. */
    private final Map<String, PartitionAccount> accounts = new ConcurrentHashMap<>();

    AccountMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("freshet").addGroup(AccountStage.NAME);
        records = group.counter("records");
        applied = group.counter("applied");
        unchanged = group.counter("unchanged");
        superseded = group.counter("superseded");
        deadLettered = group.counter("deadLettered");
        unexpected = group.counter("unexpected");
        group.gauge(
                "pending", (Gauge<Long>) () -> sum(account -> account.counts().pending()));
        group.gauge(
                "parked", (Gauge<Long>) () -> sum(account -> account.counts().parked()));
    }

    private long sum(ToLongFunction<PartitionAccount> count) {
        return accounts.values().stream().mapToLong(count).sum();
    }

    void read() {
        records.inc();
    }

    void settled(OutcomeKind kind) {
        switch (kind) {
            case APPLIED -> applied.inc();
            case UNCHANGED -> unchanged.inc();
            case SUPERSEDED -> superseded.inc();
            case DEAD_LETTERED -> deadLettered.inc();
            case PARKED -> {
                // A gauge: it goes up and down.
            }
        }
    }

    /** A record, or an outcome of one, that came twice and is not counted again: something before this stage is wrong. */
    void unexpected() {
        unexpected.inc();
    }

    void now(String partition, PartitionAccount account) {
        accounts.put(partition, account);
    }
}
