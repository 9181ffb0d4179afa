package dev.freshet.ingest;

import dev.freshet.engines.memo.RedisOptions;
import dev.freshet.engines.memo.SharedRedisMemo;
import dev.freshet.ingest.embed.EmbeddingMemoFactory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the memo that processes share. */
final class MemoOptions {
    @Option(
            names = "--memo-redis",
            description =
                    "Redis that remembers vectors beyond the process, so that neither a text that another process"
                            + " embedded nor one whose state was lost is embedded again: redis://host:port/database, or rediss:// for TLS.")
    @Nullable
    String redis;

    @Option(names = "--memo-redis-user", description = "To log in as, where Redis has users.")
    @Nullable
    String user;

    @Option(
            names = "--memo-redis-password-file",
            description = "File with the password of Redis, on every TaskManager; read when the memo opens.")
    @Nullable
    String passwordFile;

    @Option(
            names = "--memo-redis-password-variable",
            description = "Instead of a file: the environment variable of every TaskManager that holds the password.")
    @Nullable
    String passwordVariable;

    @Option(
            names = "--memo-ttl",
            defaultValue = "30d",
            converter = IngestOptions.TimeConverter.class,
            description = "How long Redis remembers a vector. Default: ${DEFAULT-VALUE}")
    Duration timeToLive = Duration.ofDays(30);

    @Option(
            names = "--memo-key-prefix",
            defaultValue = "freshet:vector:",
            description = "Put before every key in Redis. Default: ${DEFAULT-VALUE}")
    String keyPrefix = "freshet:vector:";

    @Option(
            names = "--memo-deadline",
            defaultValue = "100ms",
            converter = IngestOptions.TimeConverter.class,
            description =
                    "Of a request to Redis; a text that is not found by then is embedded. Default: ${DEFAULT-VALUE}")
    Duration deadline = Duration.ofMillis(100);

    List<String> problems() {
        if (redis != null) {
            return settings(redis).problems();
        }
        boolean alone = user != null || passwordFile != null || passwordVariable != null;
        return alone ? List.of("--memo-redis-user and --memo-redis-password-... need --memo-redis") : List.of();
    }

    EmbeddingMemoFactory factory() {
        if (redis == null) {
            return EmbeddingMemoFactory.NONE;
        }
        RedisOptions settings = settings(redis);
        return () -> SharedRedisMemo.lease(settings);
    }

    private RedisOptions settings(String url) {
        return new RedisOptions(url, user, passwordFile, passwordVariable, keyPrefix, timeToLive, deadline);
    }
}
