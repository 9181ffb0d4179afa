package dev.freshet.engines.embedding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.core.embed.BatchRefusedException;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.EmbedderUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenAiEmbedderTest {
    private static final List<String> TEXTS = List.of("water in a pipe", "songs", "tea");
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private FakeProvider provider;
    private OpenAiEmbedder embedder;

    @BeforeEach
    void start() throws IOException {
        provider = new FakeProvider();
        embedder = OpenAiEmbedder.open(options("", PATIENT));
    }

    @AfterEach
    void stop() {
        embedder.close();
        provider.close();
    }

    @Test
    void aRequestHoldsModelKeyAndTextsAndAsksForBase64() throws Exception {
        embed(TEXTS);

        assertThat(provider.keys).containsExactly("Bearer " + FakeProvider.KEY);
        assertThat(provider.bodies).singleElement().hasToString("""
                        {"model":"words","encoding_format":"base64","input":["water in a pipe","songs","tea"]}""");
    }

    @Test
    void queriesAndPassagesGetTheirPrefixes() throws Exception {
        OpenAiOptions plain = options("", PATIENT);
        OpenAiOptions prefixed =
                new OpenAiOptions(plain.url(), "words", plain.key(), 64, true, "query: ", "passage: ", PATIENT);
        try (OpenAiEmbedder other = OpenAiEmbedder.open(prefixed)) {
            other.embedPassages(List.of("tea")).get(30, TimeUnit.SECONDS);
            other.embedQuery("tea").get(30, TimeUnit.SECONDS);

            assertThat(provider.bodies)
                    .extracting(body -> body.at("/input/0").asText())
                    .containsExactly("passage: tea", "query: tea");
            assertThat(other.identity().queryPrefix()).isEqualTo("query: ");
            assertThat(other.identity().passagePrefix()).isEqualTo("passage: ");
        }
    }

    @Test
    void onlyAShortenedModelIsAskedForADimension() throws Exception {
        OpenAiOptions plain = options("", PATIENT);
        OpenAiOptions shortened = new OpenAiOptions(plain.url(), "words", plain.key(), 64, true, "", "", PATIENT);
        try (OpenAiEmbedder other = OpenAiEmbedder.open(shortened)) {
            other.embedQuery("tea").get(30, TimeUnit.SECONDS);
            embedder.embedQuery("tea").get(30, TimeUnit.SECONDS);

            assertThat(provider.bodies)
                    .extracting(body -> body.path("dimensions").asInt())
                    .containsExactly(64, 0);
        }
    }

    @Test
    void withoutADimensionTheProviderIsAskedForOne() {
        OpenAiOptions plain = options("", PATIENT);
        try (OpenAiEmbedder asked =
                OpenAiEmbedder.open(new OpenAiOptions(plain.url(), "words", plain.key(), 0, false, "", "", PATIENT))) {
            assertThat(asked.identity()).isEqualTo(embedder.identity());
            assertThat(asked.identity().dimension()).isEqualTo(FakeProvider.DIMENSION);
            assertThat(provider.bodies).hasSize(1);
        }
    }

    @Test
    void aCallIsOneRequestAndNoTextsAreNone() throws Exception {
        assertThat(embed(IntStream.range(0, 70).mapToObj(i -> "text " + i).toList()))
                .hasSize(70)
                .allMatch(Embedded.class::isInstance);
        assertThat(embed(List.of())).isEmpty();

        assertThat(provider.bodies).hasSize(1);
    }

    @Test
    void vectorsAreOrderedByTheirIndexAndOfLengthOne() throws Exception {
        List<EmbedOutcome> inOrder = embed(TEXTS);
        provider.next((exchange, texts) -> {
            ObjectNode answer = FakeProvider.answer(texts);
            ArrayNode data = answer.withArray("/data");
            data.add(data.remove(0));
            FakeProvider.send(exchange, 200, answer.toString());
        });

        List<EmbedOutcome> shuffled = embed(TEXTS);

        for (int i = 0; i < TEXTS.size(); i++) {
            float[] vector = vector(shuffled.get(i));
            assertThat(vector).containsExactly(vector(inOrder.get(i)));
            assertThat(IntStream.range(0, vector.length)
                            .mapToDouble(j -> vector[j] * vector[j])
                            .sum())
                    .isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void vectorsInDecimalsAreTheSame() throws Exception {
        List<EmbedOutcome> base64 = embed(TEXTS);
        provider.next((exchange, texts) -> {
            ObjectNode answer = FakeProvider.answer(texts);
            for (int i = 0; i < texts.size(); i++) {
                ArrayNode decimals = ((ObjectNode) answer.at("/data/" + i)).putArray("embedding");
                for (float component : FakeProvider.vector(texts.get(i))) {
                    decimals.add(component);
                }
            }
            FakeProvider.send(exchange, 200, answer.toString());
        });

        List<EmbedOutcome> decimals = embed(TEXTS);

        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(vector(decimals.get(i))).containsExactly(vector(base64.get(i)));
        }
    }

    @Test
    void theTokensOfARequestArePartedByLength() throws Exception {
        List<EmbedOutcome> outcomes = embed(List.of("tea and water", "tea and water ".repeat(2)));

        assertThat(tokens(outcomes.get(0))).isPositive().isLessThan(tokens(outcomes.get(1)));
        assertThat(tokens(outcomes.get(0)) + tokens(outcomes.get(1))).isEqualTo(20);
    }

    static List<Arguments> wrongAnswers() {
        return List.of(
                spoiled("too few", (answer, data) -> data.remove(0)),
                spoiled("too many", (answer, data) -> data.add(data.get(0).deepCopy())),
                spoiled("none", (answer, data) -> answer.remove("data")),
                spoiled("no list", (answer, data) -> answer.put("data", "x")),
                spoiled("an index twice", (answer, data) -> ((ObjectNode) data.get(0)).put("index", 1)),
                spoiled("an index too high", (answer, data) -> ((ObjectNode) data.get(0)).put("index", 3)),
                spoiled("an index that is none", (answer, data) -> ((ObjectNode) data.get(0)).put("index", "0")),
                spoiled("no vector", (answer, data) -> ((ObjectNode) data.get(0)).remove("embedding")),
                spoiled("no base64", (answer, data) -> ((ObjectNode) data.get(0)).put("embedding", "*")),
                spoiled("half a float", (answer, data) -> ((ObjectNode) data.get(0)).put("embedding", "AAAA")),
                spoiled(
                        "words",
                        (answer, data) ->
                                ((ObjectNode) data.get(0)).putArray("embedding").add("x")),
                Arguments.of("HTML", FakeProvider.status(200, "<html>busy</html>", "Content-Type", "text/html")),
                Arguments.of("nothing", FakeProvider.status(200, "")),
                Arguments.of("cut", FakeProvider.status(200, "{\"data\":[{\"embedding\":\"AA")),
                Arguments.of("endless", FakeProvider.status(200, " ".repeat(1 << 18))));
    }

    private static Arguments spoiled(String name, BiConsumer<ObjectNode, ArrayNode> spoil) {
        FakeProvider.Behaviour behaviour = (exchange, texts) -> {
            ObjectNode answer = FakeProvider.answer(texts);
            spoil.accept(answer, answer.withArray("/data"));
            FakeProvider.send(exchange, 200, answer.toString());
        };
        return Arguments.of(name, behaviour);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongAnswers")
    void aWrongAnswerIsNotUsedAndTheCallMaySucceedLater(String name, FakeProvider.Behaviour wrong) throws Exception {
        provider.next(wrong);

        assertThatThrownBy(() -> embed(TEXTS))
                .hasCauseInstanceOf(EmbedderUnavailableException.class)
                .hasMessageContaining(provider.url());

        assertThat(embed(TEXTS)).allMatch(Embedded.class::isInstance);
    }

    private static void threeFloats(HttpExchange exchange, List<String> texts) throws IOException {
        ObjectNode answer = FakeProvider.answer(texts);
        answer.withArray("/data")
                .forEach(item -> ((ObjectNode) item).put("embedding", FakeProvider.base64(new float[] {1, 2, 3})));
        FakeProvider.send(exchange, 200, answer.toString());
    }

    @Test
    void aProviderThatMadeRightVectorsBeforeHasOnlyStumbled() throws Exception {
        embed(TEXTS);
        provider.next(OpenAiEmbedderTest::threeFloats);

        assertThatThrownBy(() -> embed(TEXTS))
                .hasCauseInstanceOf(EmbedderUnavailableException.class)
                .hasMessageContainingAll("3 floats", "64");
        assertThat(embed(TEXTS)).allMatch(Embedded.class::isInstance);
    }

    @Test
    void vectorsOfAnotherDimensionAreRefusedInWords() {
        provider.always(OpenAiEmbedderTest::threeFloats);

        assertThatThrownBy(() -> embed(TEXTS))
                .hasCauseInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessageContainingAll("3 floats", "64", "--embedder-dimension");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aProviderThatRefusesABatchIsAskedOnceAndItsWordsAreNotRepeated(int status) {
        provider.always(FakeProvider.status(status, "{\"error\":{\"code\":\"bad_input\",\"message\":\"songs\"}}"));

        assertThatThrownBy(() -> embed(TEXTS))
                .cause()
                .isInstanceOfSatisfying(BatchRefusedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo("refused_by_provider");
                    assertThat(refused.isDeliberate()).isTrue();
                })
                .hasMessageContainingAll(provider.url(), status + " (bad_input)")
                .hasMessageNotContaining("songs");
        assertThat(provider.bodies).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"null", "0"})
    void aVectorThatIsNoneRefusesTheBatch(String component) {
        provider.always((exchange, texts) -> FakeProvider.send(exchange, 200, answerWith(component, texts, "songs")));

        assertThatThrownBy(() -> embed(TEXTS)).cause().isInstanceOfSatisfying(BatchRefusedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo("no_direction");
            assertThat(refused.isDeliberate()).isFalse();
        });
    }

    @Test
    void aProviderThatRefusesTheWordItIsAskedForItsDimensionIsSetUpInTheWrongWay() {
        provider.always(FakeProvider.status(400, "{\"error\":{\"code\":\"model_not_supported\"}}"));
        OpenAiOptions plain = options("", PATIENT);

        assertThatThrownBy(() -> OpenAiEmbedder.open(
                        new OpenAiOptions(plain.url(), "words", plain.key(), 0, false, "", "", PATIENT)))
                .isInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessageContainingAll("400 (model_not_supported)", "--embedder-model");
    }

    @ParameterizedTest
    @CsvSource({"429,true", "503,false", "500,false"})
    void onlyTooManyRequestsAreThrottled(int status, boolean throttled) {
        provider.always(FakeProvider.status(status, "", "Retry-After", "0"));

        assertThatThrownBy(() -> embed(TEXTS))
                .cause()
                .isInstanceOfSatisfying(
                        EmbedderUnavailableException.class,
                        away -> assertThat(away.isThrottled()).isEqualTo(throttled));
        // Nor does the client send it again by itself.
        assertThat(provider.bodies).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"429,7,7", "429,1.2,2", "503,120,120", "503,999999,600", "429,,0", "500,,0", "502,soon,0", "408,,0"})
    void aBusyProviderSaysWhenToComeBack(int status, String header, long seconds) {
        provider.always(
                header == null
                        ? FakeProvider.status(status, "<html>busy</html>")
                        : FakeProvider.status(status, "{\"error\":{\"type\":\"busy\"}}", "Retry-After", header));

        assertUnavailable(() -> embed(TEXTS), Duration.ofSeconds(seconds), String.valueOf(status));
    }

    @Test
    void aConnectionThatIsCutIsUnavailable() {
        provider.always((exchange, texts) -> exchange.close());

        assertUnavailable(() -> embed(TEXTS), Duration.ZERO, "gave no answer");
        assertThat(provider.bodies).hasSize(1);
    }

    @Test
    void aProviderThatHangsIsGivenUpAtTheDeadline() throws Exception {
        provider.next(provider::hang);
        provider.next((exchange, texts) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            provider.hang(exchange, texts);
        });
        try (OpenAiEmbedder hasty = OpenAiEmbedder.open(options("", Duration.ofMillis(300)))) {
            for (int i = 0; i < 2; i++) {
                assertUnavailable(
                        () -> hasty.embedPassages(TEXTS).get(30, TimeUnit.SECONDS), Duration.ZERO, "gave no answer");
            }
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        provider.next((exchange, texts) -> {
            asked.countDown();
            provider.hang(exchange, texts);
        });
        CompletableFuture<List<EmbedOutcome>> call = embedder.embedPassages(TEXTS);
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        embedder.close();

        assertThat(call)
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(EmbedderUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({"401,key.txt", "403,key.txt", "404,words", "301,redirect", "402,options"})
    void whatSomebodyMustDoIsSaidWithoutTheKey(int status, String hint) {
        embedder.close();
        embedder = OpenAiEmbedder.open(options("?api-version=9&sig=hidden", PATIENT));
        provider.always(FakeProvider.status(
                status, "{\"error\":{\"code\":\"no_way\",\"message\":\"Incorrect: " + FakeProvider.KEY + "\"}}"));

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> embed(TEXTS), () -> embedder.embedQuery("tea").get(30, TimeUnit.SECONDS))) {
            assertThatThrownBy(call)
                    .cause()
                    .isInstanceOf(EmbedderMisconfiguredException.class)
                    .hasMessageContainingAll(provider.url(), status + " (no_way)", hint)
                    .hasMessageNotContainingAny(FakeProvider.KEY, "hidden");
        }
    }

    @Test
    void aKeyThatIsReplacedIsReadAgainWhenTheOldOneIsRefused() throws Exception {
        embed(TEXTS);
        provider.always((exchange, texts) -> {
            if ("Bearer new".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                FakeProvider.embed(exchange, texts);
            } else {
                FakeProvider.send(exchange, 401, "");
            }
        });
        Files.writeString(folder.resolve("key.txt"), "new\n");

        assertUnavailable(() -> embed(TEXTS), Duration.ZERO, "replaced");
        assertThat(embed(TEXTS)).allMatch(Embedded.class::isInstance);
    }

    @Test
    void aQueryThatIsRefusedSaysSo() {
        provider.always(FakeProvider.status(400, "{\"error\":{\"code\":\"too_long\"}}"));

        assertThatThrownBy(() -> embedder.embedQuery("tea").get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("400 (too_long)");
    }

    @Test
    void aKeyThatIsNotThereIsSaid() {
        OpenAiOptions options = options("", PATIENT);

        for (ApiKey key : List.of(
                new ApiKey(folder.resolve("none").toString(), null, ApiKey.AUTHORIZATION),
                new ApiKey(null, "FRESHET_TEST_NO_SUCH_KEY", ApiKey.AUTHORIZATION))) {
            assertThatThrownBy(() -> OpenAiEmbedder.open(
                            new OpenAiOptions(options.url(), "words", key, 64, false, "", "", PATIENT)))
                    .isInstanceOf(EmbedderMisconfiguredException.class)
                    .hasMessageContaining(key.file() == null ? "FRESHET_TEST_NO_SUCH_KEY" : "none");
        }
    }

    /** With a key of a file that ends in a line break, as most do. */
    private OpenAiOptions options(String query, Duration timeout) {
        Path file = folder.resolve("key.txt");
        try {
            Files.writeString(file, FakeProvider.KEY + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        ApiKey key = new ApiKey(file.toString(), null, ApiKey.AUTHORIZATION);
        String url = query.isEmpty() ? provider.url() : provider.url() + "/embeddings" + query;
        return new OpenAiOptions(url, "words", key, FakeProvider.DIMENSION, false, "", "", timeout);
    }

    private static String answerWith(String component, List<String> texts, String culprit) {
        ObjectNode answer = FakeProvider.answer(texts);
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).contains(culprit)) {
                ((ObjectNode) answer.at("/data/" + i)).put("embedding", "here");
            }
        }
        String none = "[" + (component + ",").repeat(FakeProvider.DIMENSION - 1) + component + "]";
        return answer.toString().replace("\"here\"", none);
    }

    private List<EmbedOutcome> embed(List<String> texts) throws Exception {
        return embedder.embedPassages(texts).get(30, TimeUnit.SECONDS);
    }

    private static float[] vector(EmbedOutcome outcome) {
        return ((Embedded) outcome).vector();
    }

    private static int tokens(EmbedOutcome outcome) {
        return ((Embedded) outcome).tokens();
    }

    private static void assertUnavailable(ThrowingCallable call, Duration retryAfter, String words) {
        assertThatThrownBy(call)
                .cause()
                .isInstanceOfSatisfying(
                        EmbedderUnavailableException.class,
                        unavailable -> assertThat(unavailable.retryAfter()).isEqualTo(retryAfter))
                .hasMessageContaining(words);
    }
}
