package dev.freshet.query;

import dev.freshet.core.analyze.RuleAnalyzer;
import dev.freshet.core.analyze.RuleRewriter;
import dev.freshet.core.index.InMemoryIndex;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.profile.RankingProfiles;
import dev.freshet.core.rerank.LateInteractionReranker;
import dev.freshet.core.rerank.WordOverlapReranker;
import dev.freshet.query.access.OpenAccess;
import dev.freshet.query.freshness.KnownWatermarks;
import dev.freshet.query.health.HealthEndpoint;
import dev.freshet.query.search.Engines;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The whole API on a free port, with fakes for its engines. */
final class FakeApi implements AutoCloseable {
    final InMemoryIndex index = new InMemoryIndex();
    final WordEmbedder embedder = new WordEmbedder();
    final MemoryChangeLog changes = new MemoryChangeLog();
    final WordOverlapReranker overlap = new WordOverlapReranker();
    /** Whether the index says that it holds token vectors. */
    volatile boolean tokenVectors;

    volatile RankingProfile profile = RankingProfiles.standard();
    volatile KnownWatermarks watermarks = KnownWatermarks.NONE;
    final HealthEndpoint health = new HealthEndpoint(() -> true);
    final Http http;

    private final HttpServer server;

    private FakeApi() {
        Features features = new Features(
                OpenAccess.on("127.0.0.1", false),
                new Engines(
                        embedder,
                        index,
                        index,
                        index,
                        () -> tokenVectors,
                        new RuleAnalyzer(),
                        new RuleRewriter(),
                        Map.of(LateInteractionReranker.NAME, new LateInteractionReranker(), overlap.name(), overlap)),
                () -> profile,
                index,
                changes,
                () -> watermarks,
                health,
                Duration.ofSeconds(5),
                InstantSource.system());
        this.server = HttpServer.start("127.0.0.1", 0, features::register);
        this.http = new Http(server.port());
    }

    static FakeApi start() {
        return new FakeApi();
    }

    int port() {
        return server.port();
    }

    void write(IndexWrite... writes) {
        index.write(List.of(writes)).join();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
