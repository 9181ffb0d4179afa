package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.search.Leg;
import dev.freshet.query.Http.Answer;
import dev.freshet.query.freshness.KnownWatermarks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/search}. */
final class SearchApiTest {
    private final IndexWrites writes = new IndexWrites("default");
    private FakeApi api;

    @BeforeEach
    void start() {
        api = FakeApi.start();
        DocumentFields red = new DocumentFields(
                "Walrus guide", "https://x/1", "text/plain", "{\"team\":\"red\",\"year\":2026}", List.of("*"));
        api.write(
                put("walrus", "walrus swims in cold water", red),
                put("zebra", "zebra runs on warm grass", IndexWrites.withMetadata("{\"team\":\"blue\"}")),
                put("both", "walrus meets zebra", IndexWrites.plain()),
                put("secret", "walrus secret", IndexWrites.withAcl("group:board")),
                new IndexWrites("other").chunk("foreign", 1, "walrus foreign", WordEmbedder.vector("walrus foreign")));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aHybridSearchFusesBothLegs() {
        Answer answer = api.http.post("/v1/search", "{\"query\":\"walrus water\",\"k\":2,\"explain\":true}");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(json.path("query").asText()).isEqualTo("walrus water");
        assertThat(json.path("mode").asText()).isEqualTo("hybrid");
        assertThat(json.path("k").asInt()).isEqualTo(2);
        assertThat(json.path("degraded")).isEmpty();
        assertThat(json.at("/took_ms/total").asDouble()).isPositive();
        assertThat(json.path("hits")).hasSize(2);
        JsonNode first = json.at("/hits/0");
        assertThat(first.path("rank").asInt()).isEqualTo(1);
        assertThat(first.path("chunk_id").asText()).isEqualTo("default-walrus");
        assertThat(first.path("document_id").asText()).isEqualTo("document-of-walrus");
        assertThat(first.path("title").asText()).isEqualTo("Walrus guide");
        assertThat(first.path("heading_path")).hasSize(2);
        assertThat(first.path("text").asText()).isEqualTo("walrus swims in cold water");
        assertThat(first.path("uri").asText()).isEqualTo("https://x/1");
        assertThat(first.at("/metadata/team").asText()).isEqualTo("red");
        assertThat(first.path("event_time").asText()).isEqualTo(IndexWrites.EVENT_TIME.toString());
        assertThat(first.path("scores").has("vector")).isTrue();
        assertThat(json.path("profile").asText()).isEqualTo("default@1");
        assertThat(json.path("strategy").asText()).isEqualTo("standard");
        assertThat(json.at("/total/value").asInt()).isEqualTo(3);
    }

    @Test
    void wordsOfTheQueryAreMarkedWhateverTheirInflection() {
        JsonNode hit = search("{\"query\":\"who is swimming in water?\",\"mode\":\"keyword\"}")
                .at("/hits/0");

        assertThat(marked(hit)).containsExactly("swims", "water");
        assertThat(search("{\"query\":\"walrus\",\"highlight\":false}")
                        .at("/hits/0")
                        .has("highlights"))
                .isFalse();
    }

    private static List<String> marked(JsonNode hit) {
        String text = hit.path("text").asText();
        List<String> marked = new ArrayList<>();
        hit.path("highlights")
                .forEach(span -> marked.add(text.substring(
                        span.path("start").asInt(), span.path("end").asInt())));
        return marked;
    }

    @Test
    void theAnswerSaysHowFarTheIndexFollowsTheStream() {
        assertThat(search("{\"query\":\"walrus\"}").path("index_watermark").isNull())
                .isTrue();

        Instant now = Instant.parse("2026-03-04T05:06:07Z");
        api.watermarks =
                new KnownWatermarks(List.of(new IndexWatermark("documents", 2, 41, now, OutcomeCounts.NONE, now)), now);

        JsonNode watermark = search("{\"query\":\"walrus\"}").path("index_watermark");
        assertThat(watermark.at("/offsets/documents-2").asInt()).isEqualTo(41);
        assertThat(watermark.path("event_time").asText()).isEqualTo(now.toString());
    }

    @Test
    void aHitCarriesWhatIsSaidOfItsChunk() throws Exception {
        api.write(
                put("german", "seehund", IndexWrites.plain().withLanguage("de")),
                chunk("bare", "delta", ChunkMetadata.NONE));

        JsonNode hit = search("{\"query\":\"seehund\",\"mode\":\"keyword\"}").at("/hits/0");
        JsonNode bare = search("{\"query\":\"delta\",\"mode\":\"keyword\"}").at("/hits/0");

        assertThat(hit.path("language").textValue()).isEqualTo("de");
        assertThat(hit.path("tokens").intValue()).isEqualTo(7);
        assertThat(hit.path("chunk")).isEqualTo(Json.MAPPER.readTree("""
                {"block_types":["heading","paragraph"],"sentences":2,"code_language":"java","symbol":"Stack.push",
                 "entities":["version:3.5.0"],"near_duplicate_keys":["1a","2b"]}"""));
        assertThat(bare.path("language").isNull()).isTrue();
        assertThat(bare.path("chunk")).isEqualTo(Json.MAPPER.readTree("""
                {"block_types":[],"sentences":0,"code_language":null,"symbol":null,"entities":[],"near_duplicate_keys":[]}"""));
    }

    @Test
    void filtersSelectByWhatIsSaidOfChunks() {
        api.write(chunk("table", "walrus sizes", new ChunkMetadata(List.of("table"), 0, "", "", List.of(), List.of())));

        assertThat(ids(search("{\"query\":\"walrus\",\"chunk_filters\":{\"block_types\":\"table\"}}")))
                .containsExactly("table");
        assertThat(
                        ids(
                                search(
                                        "{\"query\":\"walrus\",\"filters\":{\"team\":\"red\"},\"chunk_filters\":{\"code_language\":[\"go\",\"java\"],\"symbol\":\"Stack.push\"}}")))
                .containsExactly("default-walrus");
    }

    @Test
    void withoutExplainThereIsNone() {
        assertThat(search("{\"query\":\"walrus\"}").at("/hits/0").has("explain"))
                .isFalse();
    }

    @Test
    void aModeRunsItsLegOnly() {
        JsonNode keyword = search("{\"query\":\"zebra\",\"mode\":\"keyword\",\"explain\":true}");
        JsonNode vector = search("{\"query\":\"zebra\",\"mode\":\"vector\",\"explain\":true}");

        assertThat(ids(keyword)).containsExactlyInAnyOrder("default-zebra", "default-both");
        assertThat(keyword.at("/hits/0/explain/legs").has("vector")).isFalse();
        assertThat(vector.at("/hits/0/explain/legs").has("keyword")).isFalse();
        assertThat(vector.path("hits")).hasSize(3);
    }

    @Test
    void filtersSelectByMetadata() {
        assertThat(ids(search("{\"query\":\"walrus\",\"filters\":{\"team\":\"red\"}}")))
                .containsExactly("default-walrus");
        assertThat(ids(search("{\"query\":\"walrus zebra\",\"filters\":{\"team\":[\"red\",\"blue\"]}}")))
                .containsExactlyInAnyOrder("default-walrus", "default-zebra");
        assertThat(ids(search("{\"query\":\"walrus\",\"filters\":{\"team\":\"red\",\"year\":2026.0}}")))
                .containsExactly("default-walrus");
    }

    @Test
    void nothingOfOtherTenantsOrAccessListsIsFound() {
        assertThat(ids(search("{\"query\":\"walrus\",\"k\":100}")))
                .doesNotContain("default-secret", "other-foreign")
                .hasSize(3);
        assertThat(ids(api.http
                        .post("/v1/search", "{\"query\":\"walrus\"}", "Freshet-Tenant", "other")
                        .json()))
                .containsExactly("other-foreign");
    }

    @Test
    void groupedByDocumentEachAppearsOnce() {
        api.write(chunk("second", "walrus again", ChunkMetadata.NONE));

        JsonNode grouped = search("{\"query\":\"walrus\",\"group_by\":\"document\"}");

        assertThat(grouped.path("hits").findValuesAsText("document_id"))
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(search("{\"query\":\"walrus\"}").path("hits")).hasSize(4);
    }

    @Test
    void withoutTheEmbedderTheWordsAnswer() {
        api.embedder.goDown();

        JsonNode json = search("{\"query\":\"walrus\"}");

        assertThat(ids(json)).containsExactlyInAnyOrder("default-walrus", "default-both");
        assertThat(json.at("/degraded/0").asText()).isEqualTo("embedder_unavailable");
    }

    @Test
    void withoutOneLegTheOtherAnswers() {
        api.index.breakLeg(Leg.VECTOR);
        JsonNode words = search("{\"query\":\"walrus\"}");
        api.index.mend();
        api.index.breakLeg(Leg.KEYWORD);
        JsonNode vectors = search("{\"query\":\"walrus\"}");

        assertThat(words.at("/degraded/0").asText()).isEqualTo("vector_leg_failed");
        assertThat(words.path("hits")).hasSize(2);
        assertThat(vectors.at("/degraded/0").asText()).isEqualTo("keyword_leg_failed");
        assertThat(vectors.path("hits")).hasSize(3);
    }

    @Test
    void withoutAnyLegThereIsAProblemThatMayPass() {
        api.index.breakLeg(Leg.VECTOR);
        api.index.breakLeg(Leg.KEYWORD);

        Answer answer = api.http.post("/v1/search", "{\"query\":\"walrus\"}");

        assertProblem(answer, 503, "search-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void aVectorSearchWithoutEmbedderIsAProblem() {
        api.embedder.goDown();

        assertProblem(
                api.http.post("/v1/search", "{\"query\":\"walrus\",\"mode\":\"vector\"}"), 503, "search-unavailable");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Answer answer = api.http.post(
                "/v1/search",
                "{\"query\":\"\",\"mode\":\"magic\",\"k\":0,\"filters\":{\"a b\":1,\"c\":{},\"d\":[]},\"group_by\":1,\"explain\":\"yes\",\"size\":3}");

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/query",
                        "/mode",
                        "/k",
                        "/filters/a b",
                        "/filters/c",
                        "/filters/d",
                        "/group_by",
                        "/explain",
                        "/size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":\"a\",\"k\":0}",
                "{\"query\":\"a\",\"k\":-1}",
                "{\"query\":\"a\",\"k\":101}",
                "{\"query\":\"a\",\"k\":2147483648}",
                "{\"query\":\"a\",\"k\":1e99}",
                "{\"query\":\"a\",\"k\":1.5}",
                "{\"query\":\"a\",\"k\":\"10\"}",
                "{}",
                "{\"query\":null}",
                "{\"query\":\"  \\n \"}",
                "{\"query\":[\"a\"]}",
                "{\"query\":\"a\",\"filters\":{\"script\":{\"source\":\"1\"}}}",
                "{\"query\":\"a\",\"filters\":{\"k\":null}}",
                "{\"query\":\"a\",\"filters\":[]}",
                "{\"query\":\"a\",\"chunk_filters\":[]}",
                "{\"query\":\"a\",\"chunk_filters\":{\"near_duplicate_keys\":\"1a\"}}",
                "{\"query\":\"a\",\"chunk_filters\":{\"symbol\":{\"prefix\":\"S\"}}}",
                "{\"query\":\"a\",\"chunk_filters\":{\"symbol\":[]}}",
                "{\"query\":\"a\",\"tenant\":\"other\"}"
            })
    void valuesThatCannotBeUsedAreRefused(String body) {
        Answer answer = api.http.post("/v1/search", body);

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().path("errors")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"a\"",
                "{\"query\":\"a\",\"k\":NaN}",
                "{\"query\":\"a\"} x",
                "{\"query\":\"a\",\"query\":\"b\"}",
                "null"
            })
    void whatIsNoJsonObjectIsRefused(String body) {
        assertProblem(api.http.post("/v1/search", body), 400, "malformed-json");
    }

    @Test
    void deepNestingIsRefused() {
        assertProblem(api.http.post("/v1/search", "[".repeat(100_000)), 400, "malformed-json");
    }

    @Test
    void aQueryOfAMegabyteIsRefused() {
        Answer answer = api.http.post("/v1/search", "{\"query\":\"" + "a".repeat(1 << 20) + "\"}");

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.body()).contains("4,000 characters").hasSizeLessThan(1000);
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        assertProblem(api.http.post("/v1/search", "{\"query\":\"" + "a".repeat(3 << 20) + "\"}"), 413, "too-large");
    }

    private JsonNode search(String body) {
        Answer answer = api.http.post("/v1/search", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:freshet:problem:" + type);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }

    private static List<String> ids(JsonNode answer) {
        return answer.path("hits").findValuesAsText("chunk_id");
    }

    /** Another chunk of the document that the walrus is in. */
    private static IndexWrite chunk(String id, String text, ChunkMetadata said) {
        return new IndexWrite.PutChunk(new ChunkDocument(
                id,
                1,
                "default",
                "document-of-walrus",
                List.of(),
                text,
                3,
                said,
                IndexWrites.plain(),
                IndexWrites.EVENT_TIME,
                WordEmbedder.vector(text)));
    }

    private IndexWrite put(String name, String text, DocumentFields fields) {
        return writes.chunk(name, 1, text, WordEmbedder.vector(text), fields);
    }
}
