package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.oracle.Oracle;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rebuild of the index by the whole job, while changes go on. */
class RebuildTopologyTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    private static final ControlCommand REBUILD = new ControlCommand(Kind.REBUILD, "r1", TIME, null, List.of());

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private final String name = UUID.randomUUID().toString();
    private final Outside outside = Outside.named(name);

    /** Whether one more record, or command, may be read. */
    private interface Gate extends Serializable {
        boolean open(Outside outside, int before);
    }

    private interface Counter extends Serializable {
        AtomicInteger of(Outside outside);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2"})
    void theNewIndexEqualsTheFoldOfTheLogAndNothingIsEmbeddedForIt(long seed, int parallelism) throws Exception {
        int size = 600;
        int third = size / 3;
        List<RawRecord> log = Logs.shuffled(seed, 500, 60);
        // A third before the rebuild, one from its beginning on, one from the switch on; the job hears of that late.
        Gate records = (job, before) ->
                before < third || (before < 2 * third ? job.index.isBuilding() || isRebuilt(job) : isRebuilt(job));
        Gate commands = (job, before) -> before == 0
                ? job.receipts.size() >= third / 2
                : !job.said.isEmpty() && job.receipts.size() >= size - third / 2;

        run(log, records, rebuildAndItsEnd(commands), parallelism);

        assertThat(log).hasSize(size);
        assertThat(outside.index.searchedGeneration()).startsWith("r1-");
        assertThat(outside.said).extracting(ControlCommand::kind).containsExactly(Kind.REBUILT);
        assertThat(differences(log)).isEmpty();
        assertThat(outside.index.wrongSummaries()).isEmpty();
        assertThat(outside.receipts).hasSize(log.size());
        assertThat(outside.deadLetters).isEmpty();
        if (parallelism == 1) {
            assertThat(outside.embedded).hasSize(embeddedWithoutRebuild(log));
        }
    }

    @Test
    void aJobThatFailsInTheMiddleOfARebuildCompletesItFromItsState() throws Exception {
        List<RawRecord> log = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            DocumentKey key = new DocumentKey("acme", "doc-" + i);
            log.add(Logs.record(
                    i, ChangeEnvelope.upsert(key, new ChangeOrder(0, 1), TIME, "text/markdown", "text " + i)));
        }
        outside.crashInARebuild = true;
        // The source does not end before the rebuild is complete: until then there are checkpoints.
        Gate records = (job, before) -> before < 28 || isRebuilt(job);

        run(log, records, rebuild((job, before) -> job.receipts.size() >= 25), 2);

        assertThat(outside.crashed).isTrue();
        assertThat(outside.index.searchedGeneration()).startsWith("r1-");
        assertThat(differences(log)).isEmpty();
        assertThat(outside.index.wrongSummaries()).isEmpty();
        assertThat(outside.embedded).hasSize(31);
    }

    private static boolean isRebuilt(Outside outside) {
        return outside.index.searchedGeneration().startsWith("r1-");
    }

    private static int embeddedWithoutRebuild(List<RawRecord> log) throws Exception {
        RebuildTopologyTest plain = new RebuildTopologyTest();
        plain.run(log, (job, before) -> true, Outside.noCommands(), 1);
        return plain.outside.embedded.size();
    }

    private List<String> differences(List<RawRecord> log) {
        Oracle oracle = new Oracle(Topologies.chunker(), Topologies.LARGEST_RECORD);
        log.forEach(oracle::read);
        return oracle.differences(outside.index.snapshot());
    }

    private void run(List<RawRecord> log, Gate records, Source<ControlCommand, ?, ?> commands, int parallelism)
            throws Exception {
        StreamExecutionEnvironment env = environment(parallelism);
        topology(log, records, commands).build(env);
        env.execute();
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        IngestOptions options = new IngestOptions();
        options.checkpointInterval = Duration.ofMillis(100);
        Configuration configuration = IngestJob.configuration(options);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        return env;
    }

    private Source<ControlCommand, ?, ?> rebuild(Gate gate) {
        GeneratorFunction<Long, ControlCommand> command = index -> REBUILD;
        return new DataGeneratorSource<>(
                command, 1, gated(gate, job -> job.commandsAllowed), TypeInformation.of(ControlCommand.class));
    }

    /** The rebuild, and what the job says when it has ended, as it reads it again. */
    private Source<ControlCommand, ?, ?> rebuildAndItsEnd(Gate gate) {
        String outsideName = name;
        GeneratorFunction<Long, ControlCommand> command =
                index -> index == 0 ? REBUILD : Outside.named(outsideName).said.element();
        return new DataGeneratorSource<>(
                command, 2, gated(gate, job -> job.commandsAllowed), TypeInformation.of(ControlCommand.class));
    }

    /** Where it is not open, nothing is read, but the source does not block: a source that does holds up checkpoints. */
    private RateLimiterStrategy<?> gated(Gate gate, Counter counter) {
        String outsideName = name;
        return parallelism -> permits -> {
            Outside job = Outside.named(outsideName);
            int before = counter.of(job).getAndIncrement();
            return gate.open(job, before)
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.runAsync(
                            () -> await(() -> gate.open(job, before)),
                            task -> Thread.ofVirtual().start(task));
        };
    }

    private IngestTopology topology(List<RawRecord> log, Gate records, Source<ControlCommand, ?, ?> commands) {
        String outsideName = name;
        outside.log.addAll(log);
        GeneratorFunction<Long, RawRecord> byOffset =
                offset -> Outside.named(outsideName).log.get(Math.toIntExact(offset));
        return Topologies.of(
                outsideName,
                new DataGeneratorSource<>(
                        byOffset,
                        log.size(),
                        gated(records, job -> job.recordsAllowed),
                        TypeInformation.of(RawRecord.class)),
                commands);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofMinutes(2))
                .until(condition);
    }
}
