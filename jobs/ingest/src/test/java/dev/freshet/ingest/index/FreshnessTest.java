package dev.freshet.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.Changes;
import dev.freshet.core.index.InMemoryIndex;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.SearchableProbe;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.ingest.materialize.Destination;
import dev.freshet.ingest.materialize.IndexUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Instant EVENT = Changes.TIME;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final IndexWrites writes = new IndexWrites("acme");
    private final InMemoryIndex index = new InMemoryIndex();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(EVENT);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
    private final Freshness freshness = new Freshness(collected(), new Counted(), scheduler, now::get);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void theTimeUntilItIsAcknowledgedStartsWithTheEvent() {
        freshness.acknowledged(put("a", 1), receipt(EVENT.plusMillis(700)));
        freshness.acknowledged(put("a", 1), receipt(EVENT.minusSeconds(5)));

        assertThat(histogram("acknowledgedMillis").getStatistics().getValues()).containsExactlyInAnyOrder(700, 0);
    }

    @Test
    void anUpdateIsSearchableWhenASearchSeesItsFence() {
        write(writes.chunk("a", 1, "old", null));
        freshness.acknowledged(put("a", 2), receipt(EVENT));
        awaitLooks(2);
        assertThat(histogram("searchableMillis").getCount()).isZero();

        now.set(EVENT.plusMillis(1_234));
        write(writes.chunk("a", 2, "new", null));

        awaitSearchable(1);
        assertThat(histogram("searchableMillis").getStatistics().getValues()).containsExactly(1_234);
    }

    @Test
    void aDeleteIsSearchableWhenNoSearchSeesTheChunk() {
        write(writes.chunk("a", 1, "old", null));
        freshness.acknowledged(update(2, List.of(), List.of(writes.id("a"))), receipt(EVENT));
        awaitLooks(2);
        assertThat(histogram("searchableMillis").getCount()).isZero();

        write(writes.noChunk("a", 2));

        awaitSearchable(1);
    }

    @Test
    void oneUpdateIsFollowedAtATime() {
        freshness.acknowledged(put("a", 1), receipt(EVENT));
        write(writes.chunk("b", 1, "b", null));
        freshness.acknowledged(put("b", 1), receipt(EVENT));
        awaitLooks(2);
        assertThat(histogram("searchableMillis").getCount()).isZero();

        write(writes.chunk("a", 1, "a", null));
        awaitSearchable(1);

        freshness.acknowledged(put("b", 1), receipt(EVENT));
        awaitSearchable(2);
    }

    @Test
    void importsAndReplaysAreCountedAndNotMeasured() {
        freshness.acknowledged(
                put("a", 1), receipt(EVENT.plus(Duration.ofHours(1)).plusMillis(1)));

        assertThat(metrics.get("backdated"))
                .isInstanceOfSatisfying(
                        Counter.class, counter -> assertThat(counter.getCount()).isOne());
        assertThat(histogram("acknowledgedMillis").getCount()).isZero();
        assertThat(looks).hasValue(0);
    }

    @Test
    void anUpdateThatWritesNoChunkIsNotFollowed() {
        freshness.acknowledged(update(1, List.of(), List.of()), receipt(EVENT));

        assertThat(histogram("acknowledgedMillis").getCount()).isOne();
        assertThat(looks).hasValue(0);
    }

    @Test
    void anUpdateThatIsNeverSeenGivesWayAtTheDeadline() {
        AtomicInteger notSeen = new AtomicInteger();
        SearchableSampler sampler =
                new SearchableSampler(new Counted(), scheduler, Duration.ofMillis(1), Duration.ofMillis(20));

        sampler.offer(put("never", 1), listener(new AtomicInteger(), notSeen));

        Awaitility.await().atMost(SOON).until(() -> notSeen.get() == 1);
        AtomicInteger searchable = new AtomicInteger();
        write(writes.chunk("a", 1, "a", null));
        sampler.offer(put("a", 1), listener(searchable, notSeen));
        assertThat(searchable).hasValue(1);
    }

    @Test
    void anIndexThatDoesNotAnswerIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        SearchableProbe shaky = new SearchableProbe() {
            @Override
            public CompletableFuture<OptionalLong> searchableFence(String chunkId) {
                return calls.incrementAndGet() < 3
                        ? CompletableFuture.failedFuture(new IndexUnavailableException("away"))
                        : CompletableFuture.completedFuture(OptionalLong.of(1));
            }

            @Override
            public void close() {}
        };
        AtomicInteger searchable = new AtomicInteger();

        new SearchableSampler(shaky, scheduler, Duration.ofMillis(1), SOON)
                .offer(put("a", 1), listener(searchable, new AtomicInteger()));

        Awaitility.await().atMost(SOON).until(() -> searchable.get() == 1);
    }

    @Test
    void aStageThatClosesEndsTheSample() {
        freshness.acknowledged(put("a", 1), receipt(EVENT));
        scheduler.shutdownNow();
        int before = looks.get();

        freshness.acknowledged(put("a", 1), receipt(EVENT));

        assertThat(looks.get()).isBetween(before, before + 1);
    }

    private void write(IndexWrite write) {
        index.write(List.of(write)).join();
    }

    private void awaitLooks(int atLeast) {
        Awaitility.await().atMost(SOON).until(() -> looks.get() >= atLeast);
    }

    private void awaitSearchable(int count) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> histogram("searchableMillis").getCount() == count);
    }

    private Histogram histogram(String name) {
        return (Histogram) Objects.requireNonNull(metrics.get(name));
    }

    private IndexUpdate put(String name, long fence) {
        return update(fence, List.of(writes.chunk(name, fence, "text", null)), List.of());
    }

    private static IndexUpdate update(long fence, List<IndexWrite.PutChunk> puts, List<String> deletes) {
        return new IndexUpdate(
                receipt(EVENT),
                true,
                fence,
                puts.stream().map(IndexWrite.PutChunk::chunk).toList(),
                deletes,
                null,
                new Destination(true, null),
                null);
    }

    private static ChangeReceipt receipt(Instant acknowledgedAt) {
        return Changes.applied(Changes.upsert("a", 1, "text")).acknowledged(acknowledgedAt);
    }

    private static SearchableSampler.Listener listener(AtomicInteger searchable, AtomicInteger notSeen) {
        return new SearchableSampler.Listener() {
            @Override
            public void searchable() {
                searchable.incrementAndGet();
            }

            @Override
            public void notSeen() {
                notSeen.incrementAndGet();
            }
        };
    }

    /** A group that remembers what is registered in it and below. */
    private MetricGroup collected() {
        return new UnregisteredMetricsGroup() {
            @Override
            public MetricGroup addGroup(String name) {
                return this;
            }

            @Override
            public <C extends Counter> C counter(String name, C counter) {
                metrics.put(name, counter);
                return counter;
            }

            @Override
            public <H extends Histogram> H histogram(String name, H histogram) {
                metrics.put(name, histogram);
                return histogram;
            }
        };
    }

    private final class Counted implements SearchableProbe {
        @Override
        public CompletableFuture<OptionalLong> searchableFence(String chunkId) {
            looks.incrementAndGet();
            return index.searchableFence(chunkId);
        }

        @Override
        public void close() {}
    }
}
