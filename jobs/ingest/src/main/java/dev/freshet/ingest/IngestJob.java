package dev.freshet.ingest;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.embedding.SharedEmbedder;
import dev.freshet.engines.embedding.Tokenizers;
import dev.freshet.ingest.embed.EmbedLimits;
import dev.freshet.ingest.index.BulkLimits;
import dev.freshet.ingest.publish.TopicSinks;
import dev.freshet.ingest.source.ControlCommands;
import dev.freshet.ingest.source.KafkaChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs the ingest job: reads its options and wires the topology to Kafka, the encoder and OpenSearch. */
public final class IngestJob {
    private static final int EMBED_BATCH_TOKENS = 8_192;
    private static final int BULK_BYTES = 5 << 20;
    private static final int IN_FLIGHT = 64;

    private IngestJob() {}

    public static void main(String[] arguments) throws Exception {
        IngestOptions options = new IngestOptions();
        CommandLine commandLine = new CommandLine(options);
        commandLine.parseArgs(arguments);
        if (commandLine.isUsageHelpRequested()) {
            commandLine.usage(commandLine.getOut());
            return;
        }
        List<String> problems = new ArrayList<>(options.problems());
        if (!Embedders.names().contains(options.embedder)) {
            problems.add("--embedder must be one of " + String.join(", ", Embedders.names()));
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(commandLine, String.join("; ", problems));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration(options));
        env.setParallelism(options.parallelism);
        topology(options).build(env);
        env.executeAsync(options.jobName);
    }

    /** What the job needs of Flink, whatever the cluster's own configuration says. */
    static Configuration configuration(IngestOptions options) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // Every record that travels is immutable.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        return configuration;
    }

    static IngestTopology topology(IngestOptions options) {
        String embedder = options.embedder;
        int threads = options.embedderThreads > 0
                ? options.embedderThreads
                : Runtime.getRuntime().availableProcessors();
        // What a factory captures travels to the cluster.
        int minimum = options.chunkMinimum;
        int maximum = options.chunkMaximum;
        return new IngestTopology(
                KafkaChanges.source(options.bootstrapServers, options.documentsTopic, options.consumerGroup),
                ControlCommands.source(options.bootstrapServers, options.controlTopic, options.consumerGroup),
                () -> new ContentDefinedChunker(Tokenizers.open(embedder), new ChunkSize(minimum, maximum)),
                () -> SharedEmbedder.lease(embedder, threads),
                new EmbedLimits(
                        64,
                        EMBED_BATCH_TOKENS,
                        Duration.ofMillis(5),
                        2,
                        options.embedRequestsPerMinute,
                        options.embedTokensPerMinute),
                new OpenSearchWriters(options.openSearchUrl, embedder, threads),
                new BulkLimits(500, BULK_BYTES, Duration.ofMillis(20), 2),
                new OpenSearchGenerationsFactory(options.openSearchUrl, embedder, threads),
                TopicSinks.receipts(options.bootstrapServers, options.indexChangesTopic),
                TopicSinks.deadLetters(options.bootstrapServers, options.deadLettersTopic),
                TopicSinks.commands(options.bootstrapServers, options.controlTopic),
                options.largestRecord,
                options.tombstoneTtl,
                IN_FLIGHT);
    }
}
