package dev.freshet.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PausedJobTest {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private final String name = UUID.randomUUID().toString();
    private final Switch pause = Switch.named(name);

    @Test
    void aPausedJobReadsNothingCompletesCheckpointsAndGoesOnWhenResumed(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        JobClient job = start();
        patiently().untilAsserted(() -> assertThat(pause.read).hasPositiveValue());

        pause.set(true);
        // The readers are told before the barriers of a checkpoint reach them that is triggered later.
        checkpoint(cluster, job);
        long read = pause.read.get();
        checkpoint(cluster, job);
        checkpoint(cluster, job);
        assertThat(pause.read).hasValue(read);

        pause.set(false);
        patiently().untilAsserted(() -> assertThat(pause.read).hasValueGreaterThan(read));
        job.cancel().get(1, TimeUnit.MINUTES);
    }

    @Test
    void aJobThatStartsPausedReadsNothing(@InjectMiniCluster MiniCluster cluster) throws Exception {
        pause.paused = true;
        JobClient job = start();
        pause.awaitAnswer();

        patiently().ignoreExceptions().untilAsserted(() -> checkpoint(cluster, job));
        assertThat(pause.read).hasValue(0);

        pause.set(false);
        patiently().untilAsserted(() -> assertThat(pause.read).hasPositiveValue());
        job.cancel().get(1, TimeUnit.MINUTES);
    }

    private JobClient start() throws Exception {
        String switchName = name;
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.enableCheckpointing(Duration.ofDays(1).toMillis());
        GeneratorFunction<Long, Long> numbers = number -> number;
        DataGeneratorSource<Long> source =
                new DataGeneratorSource<>(numbers, Long.MAX_VALUE, RateLimiterStrategy.perSecond(500), Types.LONG);
        env.fromSource(
                        new PausableSource<>(source, () -> Switch.named(switchName), Duration.ofMillis(20)),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(number -> {
                    Switch.named(switchName).read.incrementAndGet();
                    return number;
                })
                .returns(Types.LONG)
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private static void checkpoint(MiniCluster cluster, JobClient job) throws Exception {
        cluster.triggerCheckpoint(job.getJobID()).get(1, TimeUnit.MINUTES);
    }

    /** A switch in memory; a source is copied by serialisation, so it is reached by name. */
    private static final class Switch implements PauseSignal {
        private static final Map<String, Switch> ALL = new ConcurrentHashMap<>();

        final AtomicLong read = new AtomicLong();
        private final AtomicLong answers = new AtomicLong();
        volatile boolean paused;

        static Switch named(String name) {
            return ALL.computeIfAbsent(name, ignored -> new Switch());
        }

        /** Returns when the enumerator has heard of it. */
        void set(boolean now) {
            paused = now;
            awaitAnswer();
        }

        /** An answer that began later, and one after it: the next question is asked when the answer before was handed over. */
        void awaitAnswer() {
            long before = answers.get();
            patiently().untilAsserted(() -> assertThat(answers).hasValueGreaterThanOrEqualTo(before + 3));
        }

        @Override
        public boolean paused() {
            answers.incrementAndGet();
            return paused;
        }

        @Override
        public void close() {}
    }
}
