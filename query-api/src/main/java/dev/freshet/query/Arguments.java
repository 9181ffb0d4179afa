package dev.freshet.query;

import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.rerank.RerankerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Program arguments. */
@Command(
        name = "query-api",
        description = "Serves searches over the index, and takes document changes.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        sortOptions = false)
final class Arguments {
    private static final int HIGHEST_PORT = 65_535;
    private static final int EMBEDDER_THREADS = 1;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--published-on-loopback",
            description = "This is a container, and its port is published on the host's loopback interface only.")
    private boolean publishedOnLoopback;

    @Option(names = "--port", defaultValue = "8080", description = "Port to listen on (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--opensearch-url",
            defaultValue = "http://localhost:9200",
            description = "OpenSearch (default: ${DEFAULT-VALUE}).")
    private URI openSearch = URI.create("");

    @Option(
            names = "--kafka-bootstrap-servers",
            defaultValue = "localhost:9092",
            description = "Kafka (default: ${DEFAULT-VALUE}).")
    private String kafka = "";

    @Option(
            names = "--topic",
            defaultValue = "documents",
            description = "Topic of document changes (default: ${DEFAULT-VALUE}).")
    private String topic = "";

    @Option(
            names = "--index-watermarks-topic",
            defaultValue = "index-watermarks",
            description = "Topic that says how far the index follows the changes (default: ${DEFAULT-VALUE}).")
    private String watermarksTopic = "";

    @Option(
            names = "--embedder",
            defaultValue = "minilm",
            description =
                    "Model of the index: minilm, bge-small, onnx (any exported encoder, by --embedder-model-path), openai (any"
                            + " provider that speaks POST /v1/embeddings) or hash (default: ${DEFAULT-VALUE}).")
    private String embedder = "";

    @Mixin
    private final ProviderArguments provider = new ProviderArguments();

    @Mixin
    private final EncoderArguments encoder = new EncoderArguments();

    @Mixin
    private final RerankerArguments rerankers = new RerankerArguments();

    @Mixin
    private final LlmArguments llm = new LlmArguments();

    @Option(
            names = "--search-timeout",
            defaultValue = "2000",
            description =
                    "Milliseconds for a whole search; what is not there by then is left out, and named in degraded"
                            + " (default: ${DEFAULT-VALUE}).")
    private long searchTimeoutMillis;

    @Option(
            names = "--ranking-profile",
            description = "File with the ranking profile, read again whenever it changes (default: the built-in one).")
    private @Nullable Path rankingProfile;

    /** A command line that reads into these arguments. */
    static CommandLine commandLine() {
        return new CommandLine(new Arguments());
    }

    /**
     * The configuration that the arguments ask for.
     *
     * @throws IllegalArgumentException with a line for the user
     */
    QueryApiConfig config() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port must be from 0 to %d, but is %d".formatted(HIGHEST_PORT, port));
        }
        if (searchTimeoutMillis < 1) {
            throw new IllegalArgumentException("--search-timeout must be at least 1 millisecond");
        }
        Duration searchTimeout = Duration.ofMillis(searchTimeoutMillis);
        EmbedderSettings settings = new EmbedderSettings(
                embedder,
                EMBEDDER_THREADS,
                provider.settings(searchTimeout),
                encoder.settings(provider.queryPrefix, provider.passagePrefix),
                // Queries are compared with whichever form the index holds.
                Embedders.tellTokenVectors(embedder) ? TokenVectorForm.BITS : TokenVectorForm.OFF);
        RerankerSettings reranking = rerankers.settings();
        List<String> problems = new ArrayList<>(settings.problems());
        problems.addAll(reranking.problems());
        problems.addAll(llm.problems());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new QueryApiConfig(
                host,
                publishedOnLoopback,
                port,
                openSearch,
                kafka,
                topic,
                watermarksTopic,
                settings,
                searchTimeout,
                rankingProfile,
                reranking,
                llm.uses());
    }
}
