package dev.freshet.query;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.opensearch.OpenSearchChunkReader;
import dev.freshet.engines.opensearch.OpenSearchChunkSearch;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchDocumentReader;
import dev.freshet.engines.opensearch.OpenSearchIndexAdmin;
import dev.freshet.engines.opensearch.OpenSearchIndexTraits;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import dev.freshet.engines.rerank.Rerankers;
import dev.freshet.query.access.OpenAccess;
import dev.freshet.query.documents.KafkaChangeLog;
import dev.freshet.query.freshness.KafkaIndexWatermarks;
import dev.freshet.query.health.HealthEndpoint;
import dev.freshet.query.ranking.ActiveProfile;
import dev.freshet.query.search.Engines;
import io.javalin.util.JavalinBindException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The query API as a process: {@code query-api --help} says how to start it. */
public final class QueryApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryApi.class);
    private static final int BAD_ARGUMENTS = 2;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final HttpServer server;

    private QueryApi(QueryApiConfig config, Consumer<RuntimeException> onMisfit) {
        OpenAccess access = OpenAccess.on(config.host(), config.publishedOnLoopback());
        ActiveProfile profiles = keep(ActiveProfile.open(config.rankingProfile()));
        Embedder embedder = keep(Embedders.open(config.embedder()));
        warmUp(embedder);
        OpenSearchConnection connection =
                keep(OpenSearchConnection.open(OpenSearchOptions.forQueries(List.of(config.openSearch()))));
        KafkaChangeLog changes = keep(KafkaChangeLog.open(config.kafkaBootstrapServers(), config.topic()));
        KafkaIndexWatermarks watermarks = keep(KafkaIndexWatermarks.open(
                config.kafkaBootstrapServers(), config.watermarksTopic(), InstantSource.system()));
        IndexOpening index =
                keep(IndexOpening.start(new OpenSearchIndexAdmin(connection), embedder.identity(), onMisfit));
        HealthEndpoint health = new HealthEndpoint(index);
        QueryUnderstanding understanding = keep(QueryUnderstanding.open(config.llm()));
        Map<String, Reranker> rerankers = Rerankers.open(config.rerankers());
        rerankers.values().forEach(this::keep);
        OpenSearchChunkSearch search = new OpenSearchChunkSearch(connection);
        Engines engines = new Engines(
                embedder,
                search,
                search,
                new OpenSearchChunkReader(connection),
                new OpenSearchIndexTraits(connection, embedder.tokenVectors()),
                understanding.analyzer(),
                understanding.rewriter(),
                rerankers);
        Features features = new Features(
                access,
                engines,
                profiles,
                new OpenSearchDocumentReader(connection),
                changes,
                watermarks,
                health,
                config.searchTimeout(),
                InstantSource.system());
        server = keep(HttpServer.start(config.host(), config.port(), features::register));
        keep(health::stopping);
        LOG.info("Query API listening on http://{}:{}", config.host(), server.port());
    }

    public static void main(String[] arguments) {
        CommandLine commandLine = Arguments.commandLine();
        try {
            CommandLine.ParseResult parsed = commandLine.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return;
            }
            Arguments read = commandLine.getCommand();
            run(read.config());
        } catch (CommandLine.ParameterException | IllegalArgumentException e) {
            System.err.println("query-api: " + e.getMessage());
            System.exit(BAD_ARGUMENTS);
        } catch (EmbedderMisconfiguredException | EmbedderUnavailableException | RerankerMisconfiguredException e) {
            System.err.println("query-api: " + e.getMessage());
            System.exit(1);
        } catch (JavalinBindException e) {
            System.err.println("query-api: the port is in use; choose another with --port.");
            System.exit(1);
        }
    }

    private static void run(QueryApiConfig config) {
        QueryApi api = new QueryApi(config, QueryApi::stopForMisfit);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            api.close();
                            LogManager.shutdown();
                        },
                        "stop"));
    }

    /** The first call, into native code or to a provider, takes a hundred times as long as the others: let no user wait for it. */
    static void warmUp(Embedder embedder) {
        try {
            embedder.embedQuery("warm-up").join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case EmbedderMisconfiguredException misconfigured -> throw misconfigured;
                // Keyword search goes on without it, and vector search comes back with it.
                case EmbedderUnavailableException unavailable ->
                    LOG.warn("Started without the embedder: {}", unavailable.getMessage());
                case null, default -> throw e;
            }
        }
    }

    private static void stopForMisfit(RuntimeException misfit) {
        LOG.error("Stopped, since the index does not fit: {}", misfit.getMessage());
        // Not from this thread: the shutdown waits for it.
        Thread.ofPlatform().start(() -> System.exit(1));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Drains, then closes what was opened, last first. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("Part not closed cleanly", e);
            }
        }
        LOG.info("Query API stopped");
    }
}
