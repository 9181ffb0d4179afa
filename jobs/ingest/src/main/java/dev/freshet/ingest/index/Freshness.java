package dev.freshet.ingest.index;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.index.SearchableProbe;
import dev.freshet.ingest.materialize.IndexUpdate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from an event until the index has acknowledged its change, and until searches see it: histograms
 * over the newest changes, in the group {@code freshet.freshness}. The second is measured on samples, to about 100 ms.
 *
 * <p>The time starts with the event. A change whose event is more than an hour old when it is acknowledged is an import
 * or a replay: its age is that of the data, and would hide how fast the job is. It is counted as {@code backdated}
 * instead; how far the index is behind the stream, after an outage say, is what the index watermark tells. Safe for
 * concurrent use.
 */
final class Freshness {
    private static final Duration LIVE = Duration.ofHours(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration LONGEST_SAMPLE = Duration.ofSeconds(60);
    private static final int NEWEST = 1_000;

    private final InstantSource clock;
    private final @Nullable SearchableSampler sampler;
    private final Histogram acknowledgedMillis = new DescriptiveStatisticsHistogram(NEWEST);
    private final Histogram searchableMillis = new DescriptiveStatisticsHistogram(NEWEST);
    private final ThreadSafeSimpleCounter backdated = new ThreadSafeSimpleCounter();
    private final ThreadSafeSimpleCounter notSeen = new ThreadSafeSimpleCounter();

    /** @param probe null where nobody can tell what searches see */
    Freshness(
            MetricGroup operator,
            @Nullable SearchableProbe probe,
            ScheduledExecutorService scheduler,
            InstantSource clock) {
        this.clock = clock;
        this.sampler = probe == null ? null : new SearchableSampler(probe, scheduler, BETWEEN_LOOKS, LONGEST_SAMPLE);
        MetricGroup group = operator.addGroup("freshet").addGroup("freshness");
        group.histogram("acknowledgedMillis", acknowledgedMillis);
        group.histogram("searchableMillis", searchableMillis);
        group.counter("backdated", backdated);
        group.counter("notSeen", notSeen);
    }

    /** The index has acknowledged all of the update. Never blocks. */
    void acknowledged(IndexUpdate update, ChangeReceipt receipt) {
        if (receipt.outcome() != Outcome.APPLIED) {
            return;
        }
        Instant event = receipt.eventTime();
        if (event.plus(LIVE).isBefore(receipt.acknowledgedAt())) {
            backdated.inc();
            return;
        }
        acknowledgedMillis.update(millis(event, receipt.acknowledgedAt()));
        if (sampler != null) {
            sampler.offer(update, new SearchableSampler.Listener() {
                @Override
                public void searchable() {
                    searchableMillis.update(millis(event, clock.instant()));
                }

                @Override
                public void notSeen() {
                    notSeen.inc();
                }
            });
        }
    }

    /** The clock of a producer may be ahead. */
    private static long millis(Instant event, Instant later) {
        return Math.max(0, Duration.between(event, later).toMillis());
    }
}
