package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.fair.TenantAmounts;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.core.reliability.Survives;
import dev.freshet.ingest.guard.GuardLimits;
import dev.freshet.ingest.inflight.InFlightLimits;
import dev.freshet.ingest.inflight.WaitingLimits;
import dev.freshet.ingest.source.NoCommands;
import dev.freshet.ingest.source.PausableSource;
import dev.freshet.ingest.source.PauseSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Made-up histories of documents under made-up faults, all of it decided by a seed: the job crashes at any write or embedding, is
 * stopped with a savepoint and goes on at another parallelism, and in the end the index is the fold of the log and the
 * counters add up. {@code -Dfreshet.runs=200} makes so many runs; {@code -Dfreshet.seeds=7,23} repeats some.
 */
class SeededRunsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private static final Pattern SAVEPOINT = Pattern.compile("savepoint has been created at: (\\S+),");

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path savepoints;

    static LongStream seeds() {
        String seeds = System.getProperty("freshet.seeds", "");
        return seeds.isBlank()
                ? LongStream.rangeClosed(1, Integer.getInteger("freshet.runs", 12))
                : Arrays.stream(seeds.split(",", -1)).mapToLong(Long::parseLong);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Survives({"F1", "F2", "F3", "F6", "F7"})
    void theIndexEqualsTheFoldWhateverHappens(long seed) throws Exception {
        Random random = new Random(seed);
        int crashes = random.nextInt(3);
        List<RawRecord> log = RandomLog.of(
                seed, 60 + random.nextInt(240), 4 + random.nextInt(30), random.nextBoolean(), random.nextInt(4) == 0);
        String name = "seed-" + seed + "-" + System.nanoTime();
        Outside outside = Outside.named(name);
        outside.log.addAll(log);
        outside.crashAfter(crashes, random.nextInt(1 + log.size() / 2));
        int parallelism = 1 + random.nextInt(4);

        int other = random.nextInt(3) == 0 ? parallelism : 1 + random.nextInt(4);

        Optional<String> savepoint = Optional.empty();
        if (random.nextBoolean()) {
            JobClient job = start(name, parallelism, random, null);
            awaitReceipts(job, outside, random.nextInt(1 + log.size() / 2));
            savepoint = stopWithSavepoint(job);
        }
        if (savepoint.isPresent() || outside.receipts.isEmpty()) {
            await(start(name, other, random, savepoint.orElse(null)));
        }

        Oracle oracle = new Oracle(Topologies.chunker(), Topologies.LARGEST_RECORD);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot()))
                .as("differences; repeat with -Dfreshet.seeds=%d", seed)
                .isEmpty();
        assertThat(outside.index.wrongSummaries())
                .as("documents whose summary is not that of their chunks; repeat with -Dfreshet.seeds=%d", seed)
                .isEmpty();
        assertCountersAddUp(seed, log, outside);
    }

    private JobClient start(String name, int parallelism, Random random, @Nullable String savepoint) throws Exception {
        IngestOptions options = new IngestOptions();
        options.checkpointInterval = Duration.ofMillis(20 + random.nextInt(200));
        Configuration configuration = IngestJob.configuration(options);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        long pauseNanos = random.nextInt(3_000_000);
        var source = new PausableSource<>(
                new PartitionedLog(name, RandomLog.PARTITIONS, pauseNanos), NeverPaused::new, Duration.ofMillis(10));
        topology(name, source, new Random(random.nextLong())).build(env);
        return env.executeAsync(name);
    }

    /** Half of the jobs have few places and let some go first; the savepoint of one is gone on from by the other. */
    private static IngestTopology topology(String name, Source<RawRecord, ?, ?> source, Random random) {
        return random.nextBoolean()
                ? Topologies.of(name, source, new NoCommands())
                : Topologies.of(
                        name,
                        source,
                        new NoCommands(),
                        new GuardLimits(0, 0, Duration.ofMinutes(10)),
                        new InFlightLimits(1 + random.nextInt(4), 1 << 20),
                        new WaitingLimits(
                                TenantAmounts.parse(List.of("acme=3", "globex=1"), 1),
                                TenantAmounts.same(random.nextBoolean() ? 0 : 1_000_000_000),
                                0.3,
                                1 + random.nextInt(40),
                                1 << 20,
                                1 + random.nextInt(500)));
    }

    private static void awaitReceipts(JobClient job, Outside outside, int receipts) {
        Awaitility.await("some receipts, or the end")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> outside.receipts.size() >= receipts || hasEnded(job));
    }

    private static boolean hasEnded(JobClient job) throws Exception {
        return job.getJobStatus().get().isTerminalState();
    }

    private Optional<String> stopWithSavepoint(JobClient job) throws Exception {
        try {
            return Optional.of(
                    job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                            .get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            Matcher taken = SAVEPOINT.matcher(String.valueOf(ExceptionUtils.stringifyException(e)));
            if (taken.find()) {
                // It crashed when the savepoint was complete: an operator would go on from there, when it is over.
                Awaitility.await("the end of the job").atMost(DEADLINE).until(() -> hasEnded(job));
                return Optional.of(taken.group(1));
            }
            // It ended before, or crashed meanwhile and goes on by itself.
            await(job);
            return Optional.empty();
        }
    }

    private static void await(JobClient job) throws Exception {
        job.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private static OutcomeCounts newest(Outside outside) {
        return outside.watermarks.stream()
                .collect(Collectors.toMap(
                        IndexWatermark::key,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(IndexWatermark::at))))
                .values()
                .stream()
                .map(IndexWatermark::counts)
                .reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
    }

    private static void assertCountersAddUp(long seed, List<RawRecord> log, Outside outside) {
        var receipts = outside.receipts.stream()
                .filter(receipt -> !receipt.derived())
                .map(ChangeReceipt::origin)
                .collect(Collectors.toSet());
        var letters = outside.deadLetters.stream()
                .filter(letter -> letter.scope() == DeadLetter.Scope.RECORD)
                .map(DeadLetter::origin)
                .collect(Collectors.toSet());
        assertThat(receipts).as("no record has two outcomes, seed %d", seed).noneMatch(letters::contains);
        assertThat(receipts.size() + letters.size())
                .as("every record has an outcome, seed %d", seed)
                .isEqualTo(log.size());

        OutcomeCounts counts = newest(outside);
        assertThat(counts.records()).as("records read, seed %d", seed).isEqualTo(log.size());
        assertThat(counts.deadLettered()).as("dead letters, seed %d", seed).isEqualTo(letters.size());
        assertThat(counts.applied() + counts.unchanged() + counts.superseded() + counts.deadLettered())
                .as("the outcomes add up to the records read, seed %d", seed)
                .isEqualTo(log.size());
    }

    /** The source is one that can be paused, as in production. */
    private static final class NeverPaused implements PauseSignal {
        @Override
        public boolean paused() {
            return false;
        }

        @Override
        public void close() {}
    }
}
