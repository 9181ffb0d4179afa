package dev.freshet.engines.memo;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbeddingMemo;
import dev.freshet.core.embed.MemoAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Vectors in Redis. A few threads ask it, with a connection each; what they cannot take on is bypassed, and what fails too often is left
 * alone for a while. Its log says when that begins and ends, not every time.
 */
public final class RedisMemo implements EmbeddingMemo {
    private static final Logger LOG = LoggerFactory.getLogger(RedisMemo.class);
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 256;
    /** Lookups go first: a vector that is not written is embedded again some day, one that is not found at once. */
    private static final int MOST_WRITES_WAITING = 128;
    /** An answer of vectors of 1 536 floats is 0.8 MB then. */
    private static final int KEYS_OF_A_REQUEST = 128;

    private static final Duration OPENING = Duration.ofSeconds(2);
    private static final Duration LAST_WRITES = Duration.ofSeconds(2);

    private final RedisOptions options;
    private final RedisConnections connections;
    private final Circuit circuit = new Circuit(InstantSource.system());
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("embedding-memo-", 0).daemon().factory());

    private RedisMemo(RedisOptions options) {
        this.options = options;
        this.connections = new RedisConnections(options);
    }

    /**
     * Opens a memo, and connects it where that takes no longer than a moment: later it would count as a request that is late.
     *
     * @throws IllegalArgumentException when the options have {@link RedisOptions#problems}
     * @throws dev.freshet.core.embed.EmbedderMisconfiguredException when the password cannot be read
     */
    public static RedisMemo open(RedisOptions options) {
        List<String> problems = options.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        RedisMemo memo = new RedisMemo(options);
        memo.connect();
        return memo;
    }

    private void connect() {
        List<CompletableFuture<Boolean>> connected = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            connected.add(ask(Jedis::ping, OPENING).thenApply(Optional::isPresent));
        }
        connected.forEach(CompletableFuture::join);
    }

    @Override
    public CompletableFuture<MemoAnswer> getAll(List<String> keys, int dimension) {
        CompletableFuture<MemoAnswer> answer = CompletableFuture.completedFuture(MemoAnswer.NOTHING);
        for (List<String> part : parts(keys)) {
            answer = answer.thenCompose(before -> get(part, dimension).thenApply(before::plus));
        }
        return answer;
    }

    private CompletableFuture<MemoAnswer> get(List<String> keys, int dimension) {
        if (!circuit.admits()) {
            return CompletableFuture.completedFuture(MemoAnswer.bypassed(keys.size()));
        }
        byte[][] names = keys.stream().map(this::name).toArray(byte[][]::new);
        return ask(redis -> redis.mget(names), options.deadline())
                .thenApply(values ->
                        values.map(found -> answer(keys, found, dimension)).orElseGet(MemoAnswer::failed));
    }

    private static MemoAnswer answer(List<String> keys, List<byte[]> values, int dimension) {
        Map<String, Embedded> known = new HashMap<>();
        int garbage = 0;
        for (int i = 0; i < values.size(); i++) {
            byte @Nullable [] value = values.get(i);
            if (value != null) {
                Embedded embedded = MemoEntry.read(keys.get(i), value, dimension);
                if (embedded == null) {
                    garbage++;
                } else {
                    known.put(keys.get(i), embedded);
                }
            }
        }
        return new MemoAnswer(known, 0, 0, garbage);
    }

    @Override
    public CompletableFuture<Boolean> putAll(Map<String, Embedded> embedded) {
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
        for (List<Map.Entry<String, Embedded>> part : parts(List.copyOf(embedded.entrySet()))) {
            all = all.thenCombine(put(part), Boolean::logicalAnd);
        }
        return all;
    }

    private CompletableFuture<Boolean> put(List<Map.Entry<String, Embedded>> entries) {
        if (threads.getQueue().size() >= MOST_WRITES_WAITING || !circuit.admits()) {
            return CompletableFuture.completedFuture(false);
        }
        SetParams lifetime = SetParams.setParams().px(options.timeToLive().toMillis());
        Function<Jedis, Boolean> write = redis -> {
            try (Pipeline pipeline = redis.pipelined()) {
                for (Map.Entry<String, Embedded> entry : entries) {
                    byte[] value = MemoEntry.write(entry.getKey(), entry.getValue());
                    pipeline.set(name(entry.getKey()), value, lifetime);
                }
                return pipeline.syncAndReturnAll().stream().noneMatch(JedisException.class::isInstance);
            }
        };
        return ask(write, options.deadline()).thenApply(written -> written.orElse(false));
    }

    /** What one of the threads got from Redis; empty where that failed, came late, or no thread has time. Tells the circuit. */
    private <T> CompletableFuture<Optional<T>> ask(Function<Jedis, T> request, Duration deadline) {
        CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(answer, request));
        } catch (RejectedExecutionException e) {
            failed(answer, "too many requests wait for it");
            return answer;
        }
        CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> failed(answer, "no answer within %d ms".formatted(deadline.toMillis())));
        return answer;
    }

    private <T> void answer(CompletableFuture<Optional<T>> answer, Function<Jedis, T> request) {
        if (answer.isDone()) {
            return;
        }
        try {
            T result = connections.with(request);
            if (answer.complete(Optional.of(result)) && circuit.succeeded()) {
                LOG.info("The memo of embeddings answers again: host={}", options.host());
            }
        } catch (RuntimeException e) {
            failed(answer, e.getMessage());
        }
    }

    private <T> void failed(CompletableFuture<Optional<T>> answer, @Nullable String reason) {
        if (answer.complete(Optional.empty()) && circuit.failed()) {
            LOG.warn(
                    "The memo of embeddings is bypassed for a while, and texts are embedded: host={} reason={}",
                    options.host(),
                    reason);
        }
    }

    private byte[] name(String key) {
        return (options.keyPrefix() + key).getBytes(StandardCharsets.US_ASCII);
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += KEYS_OF_A_REQUEST) {
            parts.add(all.subList(from, Math.min(all.size(), from + KEYS_OF_A_REQUEST)));
        }
        return parts;
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        connections.close();
    }
}
