package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.oracle.Oracle;
import dev.freshet.engines.memo.RedisOptions;
import dev.freshet.engines.memo.RedisProcess;
import dev.freshet.engines.memo.SharedRedisMemo;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole jobs that share a real Redis. */
class SharedMemoTopologyTest {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static RedisProcess redis;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void aJobThatLostItsStateEmbedsNothingThatRedisRemembers() throws Exception {
        List<RawRecord> log = Logs.shuffled(5, 200, 20);

        Outside first = run(log, redis.url());
        Outside second = run(log, redis.url());

        assertThat(first.embedded).isNotEmpty();
        assertThat(second.embedded).isEmpty();
        assertThat(second.receipts)
                .hasSize(log.size())
                .allSatisfy(receipt -> assertThat(receipt.tokensEmbedded()).isZero());
        assertThat(tokens(first)).isPositive();
        assertTheIndexIsTheFoldOf(log, second);
    }

    @Test
    void aJobWhoseRedisIsAwayEmbedsAll() throws Exception {
        List<RawRecord> log = Logs.shuffled(6, 100, 10);
        String nobody;
        try (RedisProcess away = RedisProcess.start()) {
            nobody = away.url();
        }

        Outside outside = run(log, nobody);

        assertThat(outside.embedded).isNotEmpty();
        assertThat(outside.receipts).hasSize(log.size());
        assertTheIndexIsTheFoldOf(log, outside);
    }

    private static Outside run(List<RawRecord> log, String url) throws Exception {
        String name = UUID.randomUUID().toString();
        Outside outside = Outside.named(name);
        outside.log.addAll(log);
        RedisOptions options =
                new RedisOptions(url, null, null, null, "test:", Duration.ofDays(1), Duration.ofSeconds(10));
        outside.memos = () -> SharedRedisMemo.lease(options);
        GeneratorFunction<Long, RawRecord> byOffset =
                offset -> Outside.named(name).log.get(Math.toIntExact(offset));
        IngestOptions job = new IngestOptions();
        job.checkpointInterval = Duration.ofMillis(200);
        Configuration configuration = IngestJob.configuration(job);
        // A job that fails tells why, instead of trying for ever.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        Topologies.of(
                        name,
                        new DataGeneratorSource<>(byOffset, log.size(), TypeInformation.of(RawRecord.class)),
                        Outside.noCommands())
                .build(env);
        env.execute();
        return outside;
    }

    private static int tokens(Outside outside) {
        return outside.receipts.stream().mapToInt(ChangeReceipt::tokensEmbedded).sum();
    }

    private static void assertTheIndexIsTheFoldOf(List<RawRecord> log, Outside outside) {
        Oracle oracle = new Oracle(Topologies.chunker(), Topologies.LARGEST_RECORD);
        log.forEach(oracle::read);
        assertThat(oracle.differences(outside.index.snapshot())).isEmpty();
        assertThat(outside.index.snapshot().chunks().values())
                .isNotEmpty()
                .allSatisfy(chunk -> assertThat(chunk.hasVector()).isTrue());
    }
}
