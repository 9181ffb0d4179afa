package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.govern.GovernorLimits;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.core.reliability.Survives;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.SharedEmbedder;
import dev.freshet.ingest.MeteredProvider.Fault;
import dev.freshet.ingest.embed.EmbedLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The job embeds with a provider, over HTTP, that misbehaves in every way. */
class ProviderFaultsTest {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private static final int LAST = 4;

    private final String name = UUID.randomUUID().toString();
    private final Outside outside = Outside.named(name);
    private MeteredProvider provider;
    private @Nullable JobClient started;

    @BeforeEach
    void start() throws Exception {
        provider = new MeteredProvider(1);
        EmbedderSettings settings = provider.embedder(Duration.ofSeconds(2));
        outside.embedders = () -> SharedEmbedder.lease(settings);
    }

    @AfterEach
    void stop() throws Exception {
        if (started != null && !started.getJobExecutionResult().isDone()) {
            started.cancel().get(1, TimeUnit.MINUTES);
        }
        provider.close();
    }

    @Test
    @Survives("F17")
    void aProviderThatIsBusyOrFailsIsAskedAgainAndNothingIsLost() throws Exception {
        provider.misbehave(
                40,
                Fault.BUSY,
                Fault.BUSY_FOR_A_WHILE,
                Fault.ERROR,
                Fault.AWAY,
                Fault.CUT,
                Fault.HANGS,
                Fault.DRIPS,
                Fault.HTML);
        List<RawRecord> log = edits(11, 300, 40);

        run(log, 4);

        assertTheIndexIsTheFold(log);
        assertThat(provider.seen).hasSizeGreaterThan(5);
        assertHardlyAnythingIsPaidTwice();
    }

    @Test
    @Survives("F18")
    void vectorsThatAreWrongAreNeverIndexed() throws Exception {
        List<RawRecord> log = edits(12, 200, 30);
        JobClient job = start(log, 2);
        await().atMost(Duration.ofMinutes(2)).until(() -> !provider.embedded.isEmpty());
        provider.misbehave(30, Fault.TOO_FEW, Fault.WRONG_DIMENSION, Fault.HTML);
        finish(job);

        assertTheIndexIsTheFold(log);
        assertThat(outside.index.snapshot().chunks().values()).allMatch(chunk -> chunk.hasVector());
        assertHardlyAnythingIsPaidTwice();
    }

    @Test
    @Survives("F18")
    void aVectorThatIsNoneCostsNoOtherTextItsVector() throws Exception {
        provider.misbehave(20, Fault.NOT_A_NUMBER);
        List<RawRecord> log = edits(13, 100, 20);

        run(log, 2);

        assertTheIndexIsTheFold(log);
        long without = outside.index.snapshot().chunks().values().stream()
                .filter(chunk -> !chunk.hasVector())
                .count();
        // Each chunk that has no vector is accounted for; a text is only given up when it stands alone.
        assertThat(outside.deadLetters).hasSizeGreaterThanOrEqualTo(Math.toIntExact(without));
    }

    @Test
    @Survives("F19")
    void checkpointsGoOnWhileTheProviderHangs() throws Exception {
        provider.misbehave(100, Fault.HANGS);
        // More than has a place, and less than the waiting room takes: what comes behind must not stand still either.
        List<RawRecord> log = edits(14, 180, 40);
        JobClient job = start(log, 2);
        await().atMost(Duration.ofMinutes(2)).until(() -> provider.arrivals.size() > 1);

        int before = outside.checkpoints.get();
        await().atMost(Duration.ofMinutes(2)).until(() -> outside.checkpoints.get() >= before + 10);
        assertThat(job.getJobStatus().get(1, TimeUnit.MINUTES)).isEqualTo(JobStatus.RUNNING);
        assertThat(provider.embedded).isEmpty();

        provider.behave();
        finish(job);
        assertTheIndexIsTheFold(log);
    }

    @Test
    void anOutageIsHardlyPaidForAndEndsByItself() throws Exception {
        provider.misbehave(100, Fault.ERROR);
        List<RawRecord> log = edits(15, 80, 30);
        JobClient job = start(log, 4);
        await().atMost(Duration.ofMinutes(2)).until(() -> provider.arrivals.size() >= 8);

        // Twenty repetitions that are there from the beginning, and one every two seconds; what is under way at first
        // comes on top.
        int before = provider.arrivals.size();
        int checkpoints = outside.checkpoints.get();
        await().atMost(Duration.ofMinutes(2)).until(() -> outside.checkpoints.get() >= checkpoints + 20);
        assertThat(provider.arrivals.size() - before).isLessThan(40);

        long back = System.nanoTime();
        provider.behave();
        await().atMost(Duration.ofMinutes(2)).until(() -> !provider.embedded.isEmpty());
        System.out.printf(
                "The first answer came %.1f s after the provider was back%n", (System.nanoTime() - back) / 1e9);
        finish(job);
        assertTheIndexIsTheFold(log);
        assertHardlyAnythingIsPaidTwice();
    }

    /** No text is like another: what is embedded twice is embedded again. */
    private static List<RawRecord> edits(long seed, int changes, int documents) {
        Random random = new Random(seed);
        List<RawRecord> log = new ArrayList<>();
        for (int version = 1; version <= changes; version++) {
            DocumentKey key = new DocumentKey("acme", "doc-" + random.nextInt(documents));
            StringBuilder text = new StringBuilder();
            for (int word = random.nextInt(15, 100); word > 0; word--) {
                text.append(Integer.toString(random.nextInt(1 << 24), Character.MAX_RADIX))
                        .append(word % 20 == 0 ? "\n\n" : " ");
            }
            log.add(Logs.record(
                    log.size(),
                    ChangeEnvelope.upsert(
                            key, new ChangeOrder(0, version), Instant.EPOCH, "text/markdown", text.toString())));
        }
        return log;
    }

    private void assertTheIndexIsTheFold(List<RawRecord> log) {
        Oracle oracle = new Oracle(Topologies.chunker(), Topologies.LARGEST_RECORD);
        log.forEach(oracle::read);
        assertThat(outside.deadLetters.stream().filter(letter -> letter.scope() == DeadLetter.Scope.RECORD))
                .isEmpty();
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.receipts).hasSize(log.size());
    }

    /** A text is paid for when the provider embedded it; that of an answer that comes too late is paid for again. */
    private void assertHardlyAnythingIsPaidTwice() {
        int paid =
                provider.embedded.values().stream().mapToInt(AtomicInteger::get).sum();
        assertThat(paid).isLessThanOrEqualTo(provider.embedded.size() * 12 / 10);
    }

    /** The last records come when the test lets them: a job whose source has ended waits for what is in flight without checkpoints. */
    private RateLimiterStrategy<?> gated() {
        String outsideName = name;
        return parallelism -> permits -> {
            Outside job = Outside.named(outsideName);
            int before = job.recordsAllowed.getAndIncrement();
            return before < job.log.size() - LAST
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.runAsync(
                            () -> await().atMost(Duration.ofMinutes(4)).until(() -> job.lastAllowed),
                            task -> Thread.ofVirtual().start(task));
        };
    }

    private void run(List<RawRecord> log, int parallelism) throws Exception {
        finish(start(log, parallelism));
    }

    private void finish(JobClient job) throws Exception {
        outside.lastAllowed = true;
        job.getJobExecutionResult().get(5, TimeUnit.MINUTES);
    }

    private JobClient start(List<RawRecord> log, int parallelism) throws Exception {
        StreamExecutionEnvironment env = Topologies.environment(parallelism, Duration.ofMillis(200));
        outside.log.addAll(log);
        String outsideName = name;
        GeneratorFunction<Long, RawRecord> byOffset =
                offset -> Outside.named(outsideName).log.get(Math.toIntExact(offset));
        Topologies.embedding(
                        name,
                        new DataGeneratorSource<>(byOffset, log.size(), gated(), TypeInformation.of(RawRecord.class)),
                        new EmbedLimits(8, 1_000, Duration.ofMillis(2), 4, new GovernorLimits(0, 0, true), 1 << 20),
                        Topologies::chunker)
                .build(env);
        started = env.executeAsync();
        return started;
    }
}
