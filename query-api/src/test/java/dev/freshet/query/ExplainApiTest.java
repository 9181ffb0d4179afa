package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.profile.InvalidProfileException;
import dev.freshet.core.profile.RankingProfiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The score of every hit can be computed by hand from what {@code explain} shows, whatever the plan. */
final class ExplainApiTest {
    private static final List<String> WORDS =
            List.of("walrus", "zebra", "water", "grass", "cold", "warm", "swims", "runs", "eats", "sleeps", "guide");

    private FakeApi api;

    @BeforeEach
    void start() {
        api = FakeApi.start();
        for (int i = 0; i < 40; i++) {
            StringBuilder text = new StringBuilder("passage " + i);
            for (int word = 0; word < WORDS.size(); word++) {
                text.append((i + word * word) % 3 == 0 ? " " + WORDS.get(word) : "");
            }
            api.write(put(i, text.toString()));
        }
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "min_max, standard, none",
        "min_max, standard, word_overlap",
        "z_score, standard, word_overlap",
        "rank, standard, none",
        "rrf, standard, word_overlap",
        "min_max, hierarchical, none",
        "min_max, multi_query, word_overlap",
        "rrf, multi_query, none",
    })
    void everyScoreCanBeComputedByHand(String method, String strategy, String reranker) throws Exception {
        use("{\"fusion\":{\"method\":\"%s\"},\"weights\":{\"navigational\":{\"metadata\":0.3}}}".formatted(method));
        String body =
                "{\"query\":\"latest walrus guide and how to find cold water in it\",\"strategy\":\"%s\",\"rerank\":\"%s\",\"k\":30,\"explain\":true}"
                        .formatted(strategy, reranker);

        JsonNode answer = api.http.post("/v1/search", body).json();

        assertThat(answer.at("/explain/plan/strategy").asText()).isEqualTo(strategy);
        assertThat(answer.at("/explain/freshness_share").asDouble()).isPositive();
        assertThat(answer.at("/explain/rerank").isNull()).isEqualTo(reranker.equals("none"));
        assertThat(answer.path("hits")).hasSizeGreaterThan(10).allSatisfy(hit -> assertByHand(hit, answer));
    }

    @Test
    void theSecondPageIsExplainedLikeTheFirst() {
        String first = "{\"query\":\"cold walrus water\",\"rerank\":\"word_overlap\",\"k\":5,\"explain\":true}";
        String cursor =
                api.http.post("/v1/search", first).json().path("next_cursor").asText();

        JsonNode second = api.http
                .post("/v1/search", first.replace("}", ",\"cursor\":\"" + cursor + "\"}"))
                .json();

        assertThat(second.path("hits")).hasSize(5).allSatisfy(hit -> assertByHand(hit, second));
    }

    /** As the documentation of {@code explain} says it, and from nothing but the answer. */
    private static void assertByHand(JsonNode hit, JsonNode answer) {
        JsonNode explain = answer.path("explain");
        double fused = explain.path("freshness_share").asDouble()
                * hit.at("/explain/freshness").asDouble();
        for (var list : explain.path("lists").properties()) {
            JsonNode said = hit.at("/explain/legs").path(list.getKey());
            if (!said.isMissingNode()) {
                double normalized = normalized(explain.path("normalisation").asText(), said, list.getValue());
                assertThat(said.path("normalized").asDouble()).isCloseTo(normalized, within(1e-5));
                fused += list.getValue().path("share").asDouble() * normalized;
            }
        }
        assertThat(hit.at("/explain/fused").asDouble()).isCloseTo(fused, within(1e-5));
        double score = fused;
        JsonNode rerank = explain.path("rerank");
        if (!rerank.isNull()) {
            double lowest = rerank.path("lowest").asDouble();
            double highest = rerank.path("highest").asDouble();
            JsonNode said = hit.at("/explain/rerank");
            double normalized = said.isNull() ? 0 : (said.path("score").asDouble() - lowest) / (highest - lowest);
            double weight = rerank.path("weight").asDouble();
            score = (1 - weight) * fused + weight * normalized;
        }
        assertThat(hit.path("score").asDouble()).isCloseTo(score, within(1e-5));
        age(hit, explain);
    }

    private static double normalized(String method, JsonNode said, JsonNode list) {
        double score = said.path("score").asDouble();
        double lowest = list.path("lowest").asDouble();
        double highest = list.path("highest").asDouble();
        int rank = said.path("rank").asInt();
        return switch (method) {
            case "minmax" -> highest == lowest ? 1 : (score - lowest) / (highest - lowest);
            case "zscore" ->
                highest == lowest
                        ? 0.5
                        : 1
                                / (1
                                        + Math.exp(-(score - list.path("mean").asDouble())
                                                / list.path("deviation").asDouble()));
            case "rank" ->
                (list.path("size").asInt() - rank + 1.0) / list.path("size").asInt();
            case "rrf60" -> 61.0 / (60 + rank);
            default -> throw new IllegalArgumentException(method);
        };
    }

    private static void age(JsonNode hit, JsonNode explain) {
        if (explain.path("freshness_share").asDouble() > 0) {
            double days = Duration.between(Instant.parse(hit.path("event_time").asText()), Instant.now())
                            .toMillis()
                    / 86_400_000.0;
            assertThat(hit.at("/explain/freshness").asDouble())
                    .isCloseTo(
                            Math.pow(2, -days / explain.path("half_life_days").asDouble()), within(1e-3));
        }
    }

    private void use(String stated) throws InvalidProfileException {
        String named = "{\"name\":\"test\",\"version\":\"1\"," + stated.substring(1);
        api.profile = RankingProfiles.read(named.getBytes(StandardCharsets.UTF_8));
    }

    private static IndexWrite put(int number, String text) {
        return new IndexWrite.PutChunk(new ChunkDocument(
                "chunk-" + number,
                1,
                "default",
                "document-" + number / 3,
                List.of(),
                text,
                3,
                IndexWrites.METADATA,
                new DocumentFields(
                        number % 5 == 0 ? "Walrus guide" : null,
                        null,
                        "text/plain",
                        "{\"team\":\"water\"}",
                        List.of("*")),
                Instant.now().minus(Duration.ofDays(number)),
                WordEmbedder.vector(text)));
    }
}
