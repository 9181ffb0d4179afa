package dev.freshet.ingest;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.cost.TokenPrice;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.extract.LanguageDetector;
import dev.freshet.core.fair.TenantAmounts;
import dev.freshet.core.govern.GovernorLimits;
import dev.freshet.ingest.embed.EmbedLimits;
import dev.freshet.ingest.guard.GuardLimits;
import dev.freshet.ingest.index.BulkLimits;
import dev.freshet.ingest.inflight.InFlightLimits;
import dev.freshet.ingest.inflight.WaitingLimits;
import dev.freshet.ingest.revise.ChunkerFactory;
import java.time.Duration;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The topology as in production, between a source of the test's and an {@link Outside}. */
final class Topologies {
    static final int LARGEST_RECORD = 1 << 20;

    private static final int MOST_CHUNKS = 10_000;
    private static final int IN_FLIGHT = 50;
    private static final long IN_FLIGHT_BYTES = 8 << 20;

    private static final EmbedLimits LIMITS =
            new EmbedLimits(8, 1_000, Duration.ofMillis(2), 2, GovernorLimits.NONE, 1 << 20);
    /** Nobody waits while there is no backfill. */
    static final WaitingLimits FIRST_COME =
            new WaitingLimits(TenantAmounts.same(1), TenantAmounts.same(0), 0.3, 1_000, 1 << 20, 4_000);

    private Topologies() {}

    /** Nothing is held back by the guard. */
    static IngestTopology of(String outside, Source<RawRecord, ?, ?> source, Source<ControlCommand, ?, ?> commands) {
        return of(
                outside,
                source,
                commands,
                new GuardLimits(0, 0, Duration.ofMinutes(10)),
                new InFlightLimits(IN_FLIGHT, IN_FLIGHT_BYTES));
    }

    /** With an embedder that is not in memory. */
    static IngestTopology embedding(
            String outside, Source<RawRecord, ?, ?> source, EmbedLimits limits, ChunkerFactory chunkers) {
        return of(
                outside,
                source,
                Outside.noCommands(),
                new GuardLimits(0, 0, Duration.ofMinutes(10)),
                new InFlightLimits(IN_FLIGHT, IN_FLIGHT_BYTES),
                FIRST_COME,
                limits,
                chunkers);
    }

    static IngestTopology of(
            String outside,
            Source<RawRecord, ?, ?> source,
            Source<ControlCommand, ?, ?> commands,
            GuardLimits guard,
            InFlightLimits inFlight) {
        return of(outside, source, commands, guard, inFlight, FIRST_COME);
    }

    static IngestTopology of(
            String outside,
            Source<RawRecord, ?, ?> source,
            Source<ControlCommand, ?, ?> commands,
            GuardLimits guard,
            InFlightLimits inFlight,
            WaitingLimits waiting) {
        return of(outside, source, commands, guard, inFlight, waiting, LIMITS, Topologies::chunker);
    }

    private static IngestTopology of(
            String outside,
            Source<RawRecord, ?, ?> source,
            Source<ControlCommand, ?, ?> commands,
            GuardLimits guard,
            InFlightLimits inFlight,
            WaitingLimits waiting,
            EmbedLimits limits,
            ChunkerFactory chunkers) {
        return new IngestTopology(
                source,
                commands,
                new FetchOptions().settings(),
                () -> Outside.named(outside).extractor(),
                () -> LanguageDetector.NONE,
                chunkers,
                () -> Outside.named(outside).embedder(),
                limits,
                () -> Outside.named(outside).memos.open(),
                TokenPrice.NONE,
                () -> Outside.named(outside).writer(),
                new BulkLimits(20, 1 << 20, Duration.ofMillis(2), 2),
                () -> Outside.named(outside).index,
                new Outside.TopicSink<ChangeReceipt>(outside, false),
                new Outside.TopicSink<DeadLetter>(outside, true),
                new Outside.WatermarkSink(outside),
                new Outside.CommandSink(outside),
                guard,
                LARGEST_RECORD,
                MOST_CHUNKS,
                Duration.ofDays(30),
                inFlight,
                waiting);
    }

    /** Flink as the job asks for it; but a job that fails tells why, instead of trying for ever. */
    static StreamExecutionEnvironment environment(int parallelism, Duration checkpointInterval) {
        IngestOptions options = new IngestOptions();
        options.checkpointInterval = checkpointInterval;
        Configuration configuration = IngestJob.configuration(options);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        return env;
    }

    /** Counts words, and cuts small. */
    static Chunker chunker() {
        return new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(10, 40));
    }
}
