package dev.freshet.ingest;

import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.revision.Fold;
import dev.freshet.engines.embedding.EmbedderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the ingest job, all of them with a default that works on one machine. */
@Command(
        name = "ingest-job",
        mixinStandardHelpOptions = true,
        description = "Keeps the search index equal to the stream of document changes.")
final class IngestOptions {
    /** The connections to the index that a subtask has. */
    private static final int MOST_BULKS = 16;

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    @Option(
            names = "--job-name",
            defaultValue = "freshet-ingest",
            description = "Name in the Flink web UI. Default: ${DEFAULT-VALUE}")
    String jobName = "";

    @Option(
            names = "--kafka-bootstrap-servers",
            defaultValue = "localhost:9092",
            description = "Default: ${DEFAULT-VALUE}")
    String bootstrapServers = "";

    @Mixin
    final SourceOptions source = new SourceOptions();

    @Mixin
    final FetchOptions fetch = new FetchOptions();

    @Mixin
    final ExtractOptions extract = new ExtractOptions();

    @Option(
            names = "--index-changes-topic",
            defaultValue = "index-changes",
            description = "A receipt for every change goes here. Default: ${DEFAULT-VALUE}")
    String indexChangesTopic = "";

    @Option(
            names = "--dead-letters-topic",
            defaultValue = "dead-letters",
            description = "What can never be applied goes here. Default: ${DEFAULT-VALUE}")
    String deadLettersTopic = "";

    @Option(
            names = "--index-watermarks-topic",
            defaultValue = "index-watermarks",
            description = "How far the index follows every partition goes here. Default: ${DEFAULT-VALUE}")
    String indexWatermarksTopic = "";

    @Option(
            names = "--control-topic",
            defaultValue = "control",
            description = "Commands to the running job come from here. Default: ${DEFAULT-VALUE}")
    String controlTopic = "";

    @Option(names = "--consumer-group", defaultValue = "freshet-ingest", description = "Default: ${DEFAULT-VALUE}")
    String consumerGroup = "";

    @Option(
            names = "--opensearch-url",
            defaultValue = "http://localhost:9200",
            description = "Default: ${DEFAULT-VALUE}")
    String openSearchUrl = "";

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            description = "Subtasks of every stage. Default: ${DEFAULT-VALUE}")
    int parallelism;

    @Option(
            names = "--checkpoint-interval",
            defaultValue = "10s",
            converter = TimeConverter.class,
            description = "A number and ms, s, m, h or d. Default: ${DEFAULT-VALUE}")
    Duration checkpointInterval = Duration.ZERO;

    @Option(
            names = "--embedder",
            defaultValue = "minilm",
            description =
                    "Model of the vectors: minilm, bge-small (its jar must be on Flink's class path), onnx (any exported encoder,"
                            + " by --embedder-model-path), openai (any provider that speaks POST /v1/embeddings), or hash, which"
                            + " is none and serves load tests. An index takes the vectors of one model only, and the query API must"
                            + " use the same. Default: ${DEFAULT-VALUE}")
    String embedder = "";

    @Option(
            names = "--embedder-threads",
            defaultValue = "0",
            description = "Threads of the encoder in one process; 0: one for each core. Default: ${DEFAULT-VALUE}")
    int embedderThreads;

    @Mixin
    final ProviderOptions provider = new ProviderOptions();

    @Mixin
    final TokenVectorOptions tokenVectors = new TokenVectorOptions();

    @Mixin
    final EncoderOptions encoder = new EncoderOptions();

    @Option(
            names = "--embed-requests-per-minute",
            defaultValue = "0",
            description = "For the whole job; 0: no limit. Default: ${DEFAULT-VALUE}")
    long embedRequestsPerMinute;

    @Option(
            names = "--embed-tokens-per-minute",
            defaultValue = "0",
            description = "For the whole job; 0: no limit. Default: ${DEFAULT-VALUE}")
    long embedTokensPerMinute;

    @Option(
            names = "--bulk-items",
            defaultValue = "500",
            description = "Most writes of a request to the index. Default: ${DEFAULT-VALUE}")
    int bulkItems;

    @Option(
            names = "--bulk-bytes",
            defaultValue = "5242880",
            description = "Most bytes of a request to the index, about. Default: ${DEFAULT-VALUE}")
    long bulkBytes;

    @Option(
            names = "--bulk-concurrency",
            defaultValue = "4",
            description = "Most requests to the index at once, of a subtask; fewer while it has too much to do. "
                    + "Default: ${DEFAULT-VALUE}")
    int bulkConcurrency;

    @Option(
            names = "--in-flight-bytes",
            defaultValue = "67108864",
            description =
                    "Most bytes in one process that wait for the embedder, and as many again for the index, about. "
                            + "Default: ${DEFAULT-VALUE}")
    long inFlightBytes;

    @Option(
            names = "--embed-memo-bytes",
            defaultValue = "67108864",
            description =
                    "Of vectors that each process remembers, so that an equal text is not embedded again in another "
                            + "document; 0: none. Default: ${DEFAULT-VALUE}")
    long embedMemoBytes;

    @Mixin
    final MemoOptions memo = new MemoOptions();

    @Mixin
    final CostOptions cost = new CostOptions();

    @Mixin
    final WaitingOptions waiting = new WaitingOptions();

    @Mixin
    final IndexOptions index = new IndexOptions();

    @Mixin
    final ChunkOptions chunks = new ChunkOptions();

    @Option(
            names = "--largest-record",
            defaultValue = "" + ChangeReader.LARGEST_RECORD,
            description = "In bytes; larger records are dead-lettered unread. Default: ${DEFAULT-VALUE}")
    int largestRecord;

    @Option(
            names = "--most-chunks",
            defaultValue = "" + Fold.MOST_CHUNKS,
            description = "A document of more chunks is dead-lettered. Default: ${DEFAULT-VALUE}")
    int mostChunks;

    @Option(
            names = "--tombstone-ttl",
            defaultValue = "30d",
            converter = TimeConverter.class,
            description =
                    "How long a deleted document fences late changes, and a patch waits for its document. Default: ${DEFAULT-VALUE}")
    Duration tombstoneTtl = Duration.ZERO;

    @Option(
            names = "--guard-documents",
            defaultValue = "1000",
            description = {
                "Deletes of a tenant are held back that would cost it more documents than this, and more than --guard-percent,",
                "inside of --guard-window; 0: never. Default: ${DEFAULT-VALUE}"
            })
    long guardDocuments;

    @Option(
            names = "--guard-percent",
            defaultValue = "50",
            description = "Of the most documents that the tenant had in the window. Default: ${DEFAULT-VALUE}")
    int guardPercent;

    @Option(
            names = "--guard-window",
            defaultValue = "10m",
            converter = TimeConverter.class,
            description = "Default: ${DEFAULT-VALUE}")
    Duration guardWindow = Duration.ZERO;

    /** Everything that is wrong with the options, in words; empty when they can be used. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        check(
                parallelism >= 1 && parallelism <= IngestJob.MOST_SUBTASKS,
                "--parallelism must be from 1 to " + IngestJob.MOST_SUBTASKS,
                problems);
        check(checkpointInterval.toMillis() >= 100, "--checkpoint-interval must be at least 100ms", problems);
        check(embedderThreads >= 0, "--embedder-threads must not be negative", problems);
        check(embedRequestsPerMinute >= 0, "--embed-requests-per-minute must not be negative", problems);
        check(embedTokensPerMinute >= 0, "--embed-tokens-per-minute must not be negative", problems);
        check(embedMemoBytes >= 0, "--embed-memo-bytes must not be negative", problems);
        check(bulkItems >= 1, "--bulk-items must be at least 1", problems);
        check(bulkBytes >= 1024, "--bulk-bytes must be at least 1024", problems);
        check(
                bulkConcurrency >= 1 && bulkConcurrency <= MOST_BULKS,
                "--bulk-concurrency must be from 1 to " + MOST_BULKS,
                problems);
        check(inFlightBytes >= 1024, "--in-flight-bytes must be at least 1024", problems);
        check(largestRecord >= 1024, "--largest-record must be at least 1024", problems);
        check(mostChunks >= 1, "--most-chunks must be at least 1", problems);
        check(tombstoneTtl.toMillis() >= 1000, "--tombstone-ttl must be at least 1s", problems);
        check(guardDocuments >= 0, "--guard-documents must not be negative", problems);
        check(guardPercent >= 0 && guardPercent <= 100, "--guard-percent must be from 0 to 100", problems);
        check(guardWindow.toMillis() >= 1000, "--guard-window must be at least 1s", problems);
        check(
                openSearchUrl.startsWith("http://") || openSearchUrl.startsWith("https://"),
                "--opensearch-url must start with http:// or https://",
                problems);
        problems.addAll(embedder().problems());
        problems.addAll(provider.problems());
        problems.addAll(memo.problems());
        problems.addAll(cost.problems());
        problems.addAll(tokenVectors.problems());
        problems.addAll(source.problems());
        problems.addAll(fetch.problems());
        problems.addAll(extract.problems());
        problems.addAll(chunks.problems());
        problems.addAll(index.problems());
        problems.addAll(waiting.problems());
        return problems;
    }

    /** The embedder that these options ask for. */
    EmbedderSettings embedder() {
        int threads =
                embedderThreads > 0 ? embedderThreads : Runtime.getRuntime().availableProcessors();
        return new EmbedderSettings(
                        embedder,
                        threads,
                        provider.settings(),
                        encoder.settings(provider.queryPrefix, provider.passagePrefix))
                .keeping(tokenVectors.form());
    }

    static void check(boolean right, String problem, List<String> problems) {
        if (!right) {
            problems.add(problem);
        }
    }

    /** Reads times such as {@code 10s}. */
    static final class TimeConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            var match = TIME.matcher(text);
            if (!match.matches()) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no time; write a number and ms, s, m, h or d, such as 10s");
            }
            long amount = Long.parseLong(match.group(1));
            return switch (match.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
    }
}
