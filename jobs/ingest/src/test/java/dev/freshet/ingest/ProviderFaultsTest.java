package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.document.RawRecord;
import dev.freshet.core.govern.GovernorLimits;
import dev.freshet.core.index.SearchableChunk;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.core.reliability.Survives;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.embedding.SharedEmbedder;
import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.embedding.openai.OpenAiOptions;
import dev.freshet.ingest.MeteredProvider.Arrival;
import dev.freshet.ingest.MeteredProvider.Fault;
import dev.freshet.ingest.embed.EmbedLimits;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
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

    private final String name = UUID.randomUUID().toString();
    private final Outside outside = Outside.named(name);
    private MeteredProvider provider;

    @BeforeEach
    void start() throws Exception {
        provider = new MeteredProvider(1);
        EmbedderSettings settings = new EmbedderSettings(
                Embedders.OPENAI,
                1,
                new OpenAiOptions(
                        provider.url(),
                        "words",
                        ApiKey.NONE,
                        MeteredProvider.DIMENSION,
                        false,
                        "",
                        "",
                        Duration.ofMillis(400)));
        outside.embedders = () -> SharedEmbedder.lease(settings);
    }

    @AfterEach
    void stop() {
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
        List<RawRecord> log = Logs.shuffled(11, 300, 40);

        run(log, 4);

        assertTheIndexIsTheFold(log);
        assertThat(provider.seen).hasSizeGreaterThan(5);
        assertNothingIsPaidTwice();
    }

    @Test
    @Survives("F18")
    void vectorsThatAreWrongAreNeverIndexed() throws Exception {
        provider.misbehave(0);
        List<RawRecord> log = Logs.shuffled(12, 200, 30);
        CompletableFuture<Void> job = start(log, 2);
        await().atMost(Duration.ofMinutes(2)).until(() -> !provider.embedded.isEmpty());
        provider.misbehave(30, Fault.TOO_FEW, Fault.WRONG_DIMENSION, Fault.HTML);
        job.get(5, TimeUnit.MINUTES);

        assertTheIndexIsTheFold(log);
        assertThat(outside.index.snapshot().chunks().values()).allMatch(SearchableChunk::hasVector);
        assertNothingIsPaidTwice();
    }

    @Test
    @Survives("F18")
    void aVectorThatIsNoneCostsNoOtherTextItsVector() throws Exception {
        provider.misbehave(20, Fault.NOT_A_NUMBER);
        List<RawRecord> log = Logs.shuffled(13, 100, 20);

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
        List<RawRecord> log = Logs.shuffled(14, 100, 20);
        CompletableFuture<Void> job = start(log, 2);
        await().atMost(Duration.ofMinutes(2)).until(() -> provider.arrivals.size() > 1);

        int before = outside.checkpoints.get();
        await().atMost(Duration.ofMinutes(2)).until(() -> outside.checkpoints.get() >= before + 10);
        assertThat(job).isNotDone();
        assertThat(provider.embedded).isEmpty();

        provider.behave();
        job.get(5, TimeUnit.MINUTES);
        assertTheIndexIsTheFold(log);
    }

    @Test
    void anOutageIsHardlyPaidForAndEndsByItself() throws Exception {
        provider.misbehave(100, Fault.ERROR);
        List<RawRecord> log = Logs.shuffled(15, 200, 30);
        CompletableFuture<Void> job = start(log, 4);
        await().atMost(Duration.ofMinutes(2)).until(() -> provider.arrivals.size() >= 8);

        // Twenty repetitions that are there from the beginning, and one every two seconds; what is under way at first comes on top.
        int before = provider.arrivals.size();
        int checkpoints = outside.checkpoints.get();
        await().atMost(Duration.ofMinutes(2)).until(() -> outside.checkpoints.get() >= checkpoints + 20);
        assertThat(provider.arrivals.size() - before).isLessThan(40);

        provider.behave();
        job.get(5, TimeUnit.MINUTES);
        assertTheIndexIsTheFold(log);
        assertNothingIsPaidTwice();
    }

    private void assertTheIndexIsTheFold(List<RawRecord> log) {
        Oracle oracle = new Oracle(Topologies.chunker(), Topologies.LARGEST_RECORD);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.receipts).hasSize(log.size());
    }

    /** A text is paid for when it was embedded; answers that were lost on their way are not known to the job. */
    private void assertNothingIsPaidTwice() {
        assertThat(provider.embedded.entrySet())
                .filteredOn(text -> text.getValue().get() > 1)
                .isEmpty();
        assertThat(provider.total(Arrival::texts)).isPositive();
    }

    private CompletableFuture<Void> start(List<RawRecord> log, int parallelism) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        run(log, parallelism);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private void run(List<RawRecord> log, int parallelism) throws Exception {
        IngestOptions options = new IngestOptions();
        options.checkpointInterval = Duration.ofMillis(200);
        Configuration configuration = IngestJob.configuration(options);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        outside.log.addAll(log);
        String outsideName = name;
        GeneratorFunction<Long, RawRecord> byOffset =
                offset -> Outside.named(outsideName).log.get(Math.toIntExact(offset));
        Topologies.embedding(
                        name,
                        new DataGeneratorSource<>(byOffset, log.size(), TypeInformation.of(RawRecord.class)),
                        new EmbedLimits(
                                8, 1_000, Duration.ofMillis(2), 4, new GovernorLimits(0, 0, true), 1 << 20),
                        Topologies::chunker)
                .build(env);
        env.execute();
    }
}
