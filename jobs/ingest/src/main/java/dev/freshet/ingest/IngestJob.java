package dev.freshet.ingest;

import dev.freshet.core.document.RawRecord;
import dev.freshet.core.extract.LanguageDetector;
import dev.freshet.core.govern.GovernorLimits;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.SharedEmbedder;
import dev.freshet.engines.embedding.openai.OpenAiOptions;
import dev.freshet.engines.extract.ForkOptions;
import dev.freshet.engines.extract.SharedExtractor;
import dev.freshet.engines.language.OpenNlpLanguages;
import dev.freshet.ingest.embed.EmbedLimits;
import dev.freshet.ingest.fetch.FetchSettings;
import dev.freshet.ingest.guard.GuardLimits;
import dev.freshet.ingest.index.BulkLimits;
import dev.freshet.ingest.inflight.InFlightLimits;
import dev.freshet.ingest.kafka.KafkaConnection;
import dev.freshet.ingest.publish.TopicSinks;
import dev.freshet.ingest.source.ControlCommands;
import dev.freshet.ingest.source.KafkaPauseSignal;
import dev.freshet.ingest.source.NoCommands;
import dev.freshet.ingest.source.PausableSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs the ingest job: reads its options and wires the topology to Kafka, the encoder and OpenSearch. */
public final class IngestJob {
    private static final int EMBED_BATCH_ITEMS = 64;
    private static final int EMBED_BATCH_TOKENS = 8_192;
    private static final int EMBED_BATCHES = 2;
    /** Of every stage; fixed for the life of a state, which is divided by it. */
    static final int MOST_SUBTASKS = 128;

    private static final int IN_FLIGHT = 64;
    private static final Duration PAUSE_PERIOD = Duration.ofSeconds(1);

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
        if (problems.isEmpty()) {
            problems.addAll(FetchSettings.missingFileSystems(options.fetch.allowed));
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
        // Written out, so that no parallelism, and no way in which Flink puts operators together, derives another one.
        configuration.set(PipelineOptions.MAX_PARALLELISM, MOST_SUBTASKS);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // Every record that travels is immutable.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        return configuration;
    }

    static IngestTopology topology(IngestOptions options) {
        EmbedderSettings embedder = options.embedder();
        EmbedLimits embedLimits = embedLimits(options, embedder.provider());
        KafkaConnection kafka = options.source.kafka(options.bootstrapServers);
        Source<RawRecord, ?, ?> changes = options.source.changes(kafka, options.consumerGroup, options.largestRecord);
        ForkOptions extract = options.extract.settings(Math.max(options.largestRecord, options.fetch.largest));
        boolean detectLanguage = options.extract.detectLanguage;
        boolean bounded = changes.getBoundedness() == Boundedness.BOUNDED;
        return new IngestTopology(
                bounded
                        ? changes
                        : new PausableSource<>(changes, KafkaPauseSignal.of(kafka, options.controlTopic), PAUSE_PERIOD),
                bounded ? new NoCommands() : ControlCommands.source(kafka, options.controlTopic, options.consumerGroup),
                options.fetch.settings(),
                () -> SharedExtractor.lease(extract),
                () -> detectLanguage ? new OpenNlpLanguages() : LanguageDetector.NONE,
                options.chunks.factory(embedder),
                () -> SharedEmbedder.lease(embedder),
                embedLimits,
                options.memo.factory(),
                options.cost.price(),
                new OpenSearchWriters(options.openSearchUrl, embedder, options.index.bm25()),
                new BulkLimits(options.bulkItems, options.bulkBytes, Duration.ofMillis(20), options.bulkConcurrency),
                new OpenSearchGenerationsFactory(options.openSearchUrl, embedder, options.index.bm25()),
                TopicSinks.receipts(kafka, options.indexChangesTopic),
                TopicSinks.deadLetters(kafka, options.deadLettersTopic),
                TopicSinks.watermarks(kafka, options.indexWatermarksTopic),
                TopicSinks.commands(kafka, options.controlTopic),
                new GuardLimits(options.guardDocuments, options.guardPercent, options.guardWindow),
                options.largestRecord,
                options.mostChunks,
                options.tombstoneTtl,
                new InFlightLimits(IN_FLIGHT, options.inFlightBytes),
                options.waiting.limits(embedLimits));
    }

    /** A provider gets batches that are one request, with room for what the chunks' tokens do not count; and more at a time, since it is far away. */
    private static EmbedLimits embedLimits(IngestOptions options, @Nullable OpenAiOptions provider) {
        return new EmbedLimits(
                provider == null ? EMBED_BATCH_ITEMS : options.provider.requestTexts,
                provider == null ? EMBED_BATCH_TOKENS : batchTokens(options),
                Duration.ofMillis(5),
                provider == null ? EMBED_BATCHES : options.provider.concurrency,
                new GovernorLimits(options.embedRequestsPerMinute, options.embedTokensPerMinute, provider != null),
                options.embedMemoBytes);
    }

    /** A hundredth of a minute's tokens at most: a limit is kept to within one request. */
    private static int batchTokens(IngestOptions options) {
        long most = Math.max(1, options.provider.requestTokens / 2);
        long hundredth = options.embedTokensPerMinute / 100;
        return (int) (options.embedTokensPerMinute == 0 ? most : Math.clamp(hundredth, 1, most));
    }
}
