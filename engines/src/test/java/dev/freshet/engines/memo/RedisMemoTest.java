package dev.freshet.engines.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.MemoAnswer;
import dev.freshet.core.embed.UnitVector;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientPauseMode;

/** Against a real Redis. */
class RedisMemoTest {
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration HASTY = Duration.ofMillis(100);
    private static final int DIMENSION = 3;

    private static RedisProcess redis;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void forgetAll() {
        try (Jedis connection = redis.connect()) {
            connection.flushAll();
        }
    }

    @Test
    void whatOneProcessRemembersAnotherFinds() throws Exception {
        try (RedisMemo one = open(PATIENT);
                RedisMemo other = open(PATIENT)) {
            assertThat(put(one, Map.of("a", embedded(1), "b", embedded(2)))).isTrue();

            MemoAnswer answer = get(other, "a", "b", "c");

            assertThat(answer.known()).containsOnlyKeys("a", "b");
            assertThat(known(answer, "b").vector()).containsExactly(embedded(2).vector());
            assertThat(known(answer, "b").tokens()).isEqualTo(2);
            assertThat(answer.failures() + answer.bypassed() + answer.garbage()).isZero();
        }
    }

    @Test
    void moreThanARequestTakesIsAskedInSeveral() throws Exception {
        try (RedisMemo memo = open(PATIENT)) {
            Map<String, Embedded> many = new HashMap<>();
            IntStream.range(0, 1_000).forEach(i -> many.put("key-" + i, embedded(i)));
            assertThat(put(memo, many)).isTrue();

            MemoAnswer answer = get(memo, many.keySet().toArray(String[]::new));

            assertThat(answer.known()).hasSize(1_000);
            assertThat(known(answer, "key-999").tokens()).isEqualTo(999);
        }
    }

    @Test
    void aVectorIsForgottenAfterItsTime() throws Exception {
        try (RedisMemo memo = open(PATIENT);
                Jedis connection = redis.connect()) {
            put(memo, Map.of("a", embedded(1)));

            assertThat(connection.keys("*")).containsExactly("test:a");
            assertThat(connection.pttl("test:a"))
                    .isBetween(1L, Duration.ofDays(1).toMillis());
            connection.pexpire("test:a", 0);
            assertThat(get(memo, "a").known()).isEmpty();
        }
    }

    @Test
    void garbageIsNoVector() throws Exception {
        try (RedisMemo memo = open(PATIENT);
                Jedis connection = redis.connect()) {
            put(memo, Map.of("a", embedded(1), "b", embedded(2)));
            byte[] ofAnother = connection.get(bytes("test:b"));
            connection.set(bytes("test:a"), ofAnother);
            connection.set("test:text", "what somebody else put there");
            connection.lpush("test:list", "no string at all");

            MemoAnswer answer = get(memo, "a", "b", "text", "list");

            assertThat(answer.known()).containsOnlyKeys("b");
            assertThat(answer.garbage()).isEqualTo(2);
            assertThat(answer.failures()).isZero();
        }
    }

    @Test
    void aVectorOfAnotherDimensionIsGarbage() throws Exception {
        try (RedisMemo memo = open(PATIENT)) {
            put(memo, Map.of("a", embedded(1)));

            MemoAnswer answer = memo.getAll(List.of("a"), 384).get(30, TimeUnit.SECONDS);

            assertThat(answer.known()).isEmpty();
            assertThat(answer.garbage()).isOne();
        }
    }

    @Test
    void aRedisThatDoesNotAnswerIsWaitedForUntilTheDeadlineAndThenBypassed() throws Exception {
        try (RedisMemo memo = open(HASTY);
                Jedis connection = redis.connect()) {
            connection.clientPause(3_000, ClientPauseMode.ALL);

            await().atMost(PATIENT).until(() -> get(memo, "a", "b").bypassed() == 2);

            assertThat(put(memo, Map.of("a", embedded(1)))).isFalse();
            // The pause of Redis ends by itself, then that of the memo.
            await().atMost(LONG).until(() -> put(memo, Map.of("a", embedded(1))));
            await().atMost(LONG).until(() -> get(memo, "a").known().containsKey("a"));
        }
    }

    @Test
    void aRedisThatIsAwayIsBypassedUntilItIsBack() throws Exception {
        try (RedisProcess own = RedisProcess.start();
                RedisMemo memo = RedisMemo.open(options(own.url(), null, PATIENT))) {
            put(memo, Map.of("a", embedded(1)));
            own.close();

            assertThat(get(memo, "a").failures()).isOne();
            await().atMost(PATIENT).until(() -> get(memo, "a").bypassed() == 1);

            own.restart();
            await().atMost(LONG).until(() -> put(memo, Map.of("a", embedded(2))));
            assertThat(known(get(memo, "a"), "a").tokens()).isEqualTo(2);
        }
    }

    @Test
    void aMemoOpensWithoutRedis() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RedisMemo memo = RedisMemo.open(options("redis://127.0.0.1:" + silent.getLocalPort(), null, HASTY))) {
            assertThat(get(memo, "a").known()).isEmpty();
        }
    }

    @Test
    void thePasswordIsThatOfTheFile(@TempDir Path folder) throws Exception {
        Path right = Files.writeString(folder.resolve("right"), "secret\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "guess");
        try (RedisProcess locked = RedisProcess.start("requirepass secret");
                RedisMemo memo = RedisMemo.open(options(locked.url() + "/2", right.toString(), PATIENT));
                RedisMemo guess = RedisMemo.open(options(locked.url(), wrong.toString(), PATIENT));
                RedisMemo none = RedisMemo.open(options(locked.url(), null, PATIENT))) {
            assertThat(put(memo, Map.of("a", embedded(1)))).isTrue();
            assertThat(get(memo, "a").known()).containsKey("a");
            assertThat(put(guess, Map.of("a", embedded(1)))).isFalse();
            assertThat(put(none, Map.of("a", embedded(1)))).isFalse();
        }
    }

    @Test
    void whatIsBeingWrittenIsWrittenBeforeItCloses() throws Exception {
        try (RedisMemo memo = open(PATIENT)) {
            var unused = memo.putAll(Map.of("a", embedded(1)));
        }
        try (RedisMemo memo = open(PATIENT)) {
            assertThat(get(memo, "a").known()).containsKey("a");
        }
    }

    private static RedisMemo open(Duration deadline) {
        return RedisMemo.open(options(redis.url(), null, deadline));
    }

    private static RedisOptions options(String url, @Nullable String passwordFile, Duration deadline) {
        return new RedisOptions(url, null, passwordFile, null, "test:", Duration.ofDays(1), deadline);
    }

    private static MemoAnswer get(RedisMemo memo, String... keys) throws Exception {
        return memo.getAll(List.of(keys), DIMENSION).get(30, TimeUnit.SECONDS);
    }

    private static Embedded known(MemoAnswer answer, String key) {
        return Objects.requireNonNull(answer.known().get(key), key);
    }

    private static boolean put(RedisMemo memo, Map<String, Embedded> embedded) throws Exception {
        return memo.putAll(embedded).get(30, TimeUnit.SECONDS);
    }

    private static Embedded embedded(int tokens) {
        return new Embedded(UnitVector.of(new float[] {1, tokens, -1}), tokens);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
