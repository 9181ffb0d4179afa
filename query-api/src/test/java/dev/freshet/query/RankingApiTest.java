package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.profile.InvalidProfileException;
import dev.freshet.core.profile.RankingProfiles;
import dev.freshet.core.reliability.Survives;
import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.search.Leg;
import dev.freshet.query.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of candidates: the second look, near-duplicates, pages, strategies, profiles. */
final class RankingApiTest {
    private FakeApi api;

    @BeforeEach
    void start() {
        api = FakeApi.start();
        IntStream.range(0, 30).forEach(i -> api.write(put("c%02d".formatted(i), "d" + i / 3, "walrus number " + i)));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aRerankerMovesWhatItFindsBetter() throws Exception {
        use("{\"rerank\":{\"weight\":0.9}}");
        String others = IntStream.range(0, 60).mapToObj(i -> "other" + i).collect(Collectors.joining(" "));
        api.write(put("best", "d99", "feeding walrus calves and " + others));
        JsonNode fused = search("{\"query\":\"feeding walrus calves\",\"mode\":\"vector\",\"rerank\":\"none\"}");
        JsonNode reranked =
                search("{\"query\":\"feeding walrus calves\",\"mode\":\"vector\",\"rerank\":\"word_overlap\"}");

        assertThat(ids(fused).getFirst()).isNotEqualTo("best");
        assertThat(ids(reranked).getFirst()).isEqualTo("best");
        assertThat(reranked.at("/hits/0/scores/rerank").asDouble()).isEqualTo(1);
        assertThat(reranked.path("degraded")).isEmpty();
    }

    @Test
    @Survives("F20")
    void aLateRerankerLeavesTheFusedOrder() throws Exception {
        use("{\"rerank\":{\"reranker\":\"word_overlap\",\"timeout_ms\":50}}");
        List<String> fused = ids(search("{\"query\":\"walrus\",\"rerank\":\"none\"}"));
        api.overlap.delayed(Duration.ofSeconds(30));

        JsonNode late = search("{\"query\":\"walrus\"}");

        assertThat(late.at("/degraded/0").asText()).isEqualTo("rerank_timeout");
        assertThat(ids(late)).isEqualTo(fused);
    }

    @Test
    @Survives("F20")
    void aBrokenRerankerLeavesTheFusedOrder() {
        List<String> fused = ids(search("{\"query\":\"walrus\",\"rerank\":\"none\"}"));
        for (RerankOutcome.Kind kind : List.of(RerankOutcome.Kind.UNAVAILABLE, RerankOutcome.Kind.INVALID)) {
            api.overlap.failing(kind);

            JsonNode broken = search("{\"query\":\"walrus\",\"rerank\":\"word_overlap\"}");

            assertThat(broken.at("/degraded/0").asText())
                    .isEqualTo(kind == RerankOutcome.Kind.INVALID ? "rerank_invalid" : "rerank_unavailable");
            assertThat(ids(broken)).isEqualTo(fused);
        }
    }

    @Test
    void aProfilesRerankerThatIsNotThereIsSaidToBeMissing() throws Exception {
        use("{\"rerank\":{\"reranker\":\"cross_encoder\"}}");

        assertThat(search("{\"query\":\"walrus\"}").at("/degraded/0").asText()).isEqualTo("rerank_unavailable");
    }

    @Test
    void anIndexWithoutTokenVectorsIsNoFault() {
        JsonNode answer = search("{\"query\":\"walrus\",\"explain\":true}");

        assertThat(answer.path("degraded")).isEmpty();
        assertThat(answer.at("/explain/rerank").isNull()).isTrue();
        assertThat(api.index.vectorReads()).isZero();
    }

    @Test
    void tokenVectorsThatCannotBeReadAreSaidToBeMissing() {
        api.tokenVectors = true;

        JsonNode answer = search("{\"query\":\"walrus\"}");

        assertThat(answer.at("/degraded/0").asText()).isEqualTo("rerank_unavailable");
        assertThat(answer.path("hits")).hasSize(10);
    }

    @Test
    void aRerankerThatIsNotThereIsRefused() {
        Answer answer = api.http.post("/v1/search", "{\"query\":\"walrus\",\"rerank\":\"magic\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("none or one of late_interaction, word_overlap");
    }

    @Test
    void nearDuplicatesAreOneHit() {
        String text = "twelve words at the least about one walrus in the cold water";
        api.write(
                put("one", "e1", text, "k1", "k2"),
                put("same", "e2", text, "k1", "k2"),
                put("near", "e3", text + " today", "k2", "k3"),
                put("far", "e4", "twelve words about something else that share but the key", "k3"));

        JsonNode hits = search("{\"query\":\"twelve words about one walrus in the cold water\",\"k\":50}");
        JsonNode all =
                search("{\"query\":\"twelve words about one walrus in the cold water\",\"k\":50,\"collapse\":false}");

        assertThat(ids(hits)).contains("one", "far").doesNotContain("same", "near");
        assertThat(hits.at("/hits/0/duplicates"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("same", "near");
        assertThat(ids(all)).contains("one", "same", "near", "far");
    }

    @Test
    void withoutVectorsOnlyEqualTextsAreOneHitAndTheAnswerSaysSo() {
        String text = "twelve words at the least about one walrus in the cold water";
        api.write(put("one", "e1", text, "k1"), put("same", "e2", text, "k1"), put("near", "e3", text + " now", "k1"));
        api.index.breakLeg(Leg.VECTOR);

        JsonNode answer = search("{\"query\":\"twelve words about the cold water\",\"mode\":\"keyword\",\"k\":50}");

        assertThat(ids(answer)).contains("one", "near").doesNotContain("same");
        assertThat(answer.at("/degraded/0").asText()).isEqualTo("vectors_unavailable");
    }

    @Test
    void aDocumentHasNoMoreHitsThanWanted() {
        JsonNode two = search("{\"query\":\"walrus\",\"chunks_per_document\":2,\"k\":100}");

        assertThat(two.path("hits").findValuesAsText("document_id"))
                .hasSize(20)
                .allSatisfy(document -> assertThat(two.path("hits").findValuesAsText("document_id"))
                        .filteredOn(document::equals)
                        .hasSize(2));
    }

    @Test
    void pagesGoThroughAllHitsOnceWhateverHappensToTheIndex() {
        String body = "{\"query\":\"walrus number 7\",\"k\":7%s}";
        List<String> all = ids(search("{\"query\":\"walrus number 7\",\"k\":100}"));
        List<String> paged = new ArrayList<>();
        JsonNode page = search(body.formatted(""));
        paged.addAll(ids(page));
        // Better hits come, which a search made anew would begin with, and one that was to come goes.
        api.write(put("new1", "n", "walrus number 7 walrus number 7"), put("new2", "n", "walrus number 7"));
        String gone = all.get(12);
        api.write(new IndexWrite.DeleteChunk(gone, 2));
        int rank = 8;
        while (!page.path("next_cursor").isNull()) {
            page = search(
                    body.formatted(",\"cursor\":\"" + page.path("next_cursor").asText() + "\""));
            assertThat(page.at("/hits/0/rank").asInt()).isEqualTo(rank);
            rank += page.path("hits").size();
            paged.addAll(ids(page));
        }

        List<String> expected = new ArrayList<>(all);
        expected.remove(gone);
        assertThat(paged).isEqualTo(expected);
    }

    @Test
    void whatTheCallerMayNoLongerSeeIsOnNoLaterPage() {
        JsonNode first = search("{\"query\":\"walrus\",\"k\":10}");
        String later = ids(search("{\"query\":\"walrus\",\"k\":30}")).get(15);
        api.write(new IndexWrite.PutChunk(
                chunk(later, "d", "walrus", IndexWrites.withAcl("group:board"), 2, ChunkMetadata.NONE)));

        JsonNode second = search("{\"query\":\"walrus\",\"k\":10,\"cursor\":\""
                + first.path("next_cursor").asText() + "\"}");

        assertThat(ids(second)).hasSize(10).doesNotContain(later);
    }

    @Test
    @Survives("B14")
    void aCursorIsOfOneSearchAndOneTenant() {
        String cursor = search("{\"query\":\"walrus\"}").path("next_cursor").asText();

        for (String other : List.of(
                "{\"query\":\"zebra\",\"cursor\":\"%s\"}",
                "{\"query\":\"walrus\",\"filters\":{\"a\":1},\"cursor\":\"%s\"}",
                "{\"query\":\"walrus\",\"mode\":\"vector\",\"cursor\":\"%s\"}")) {
            Answer answer = api.http.post("/v1/search", other.formatted(cursor));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("of another search");
        }
        assertThat(api.http
                        .post(
                                "/v1/search",
                                "{\"query\":\"walrus\",\"cursor\":\"" + cursor + "\"}",
                                "Freshet-Tenant",
                                "other")
                        .status())
                .isEqualTo(400);
        assertThat(api.http
                        .post("/v1/search", "{\"query\":\"walrus\",\"cursor\":\"AAAA\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aHierarchicalSearchStaysInsideTheBestDocuments() throws Exception {
        use("{\"hierarchical\":{\"documents\":2}}");

        JsonNode hits = search("{\"query\":\"walrus number 4\",\"strategy\":\"hierarchical\",\"k\":100}");

        assertThat(hits.path("hits").findValuesAsText("document_id").stream().distinct())
                .hasSize(2);
    }

    @Test
    void whereDocumentsCannotBeFoundFirstAllAreSearched() {
        api.index.breakLeg(Leg.VECTOR);

        JsonNode hits = search("{\"query\":\"walrus number 4\",\"strategy\":\"hierarchical\",\"k\":100}");

        assertThat(hits.path("degraded").toString()).contains("documents_leg_failed", "vector_leg_failed");
        assertThat(hits.path("hits")).hasSize(30);
    }

    @Test
    void severalWordingsFindWhatOneOfThemFinds() {
        JsonNode answer = search(
                "{\"query\":\"difference between walrus and zebra\",\"strategy\":\"multi_query\",\"explain\":true}");

        assertThat(answer.at("/explain/lists").has("vector")).isTrue();
        assertThat(answer.at("/explain/lists").has("keyword:2")).isTrue();
    }

    @Test
    void withoutTheMetadataLegTheOthersAnswer() {
        api.index.breakLeg(Leg.METADATA);

        JsonNode answer = search("{\"query\":\"walrus documentation page\"}");

        assertThat(answer.at("/degraded/0").asText()).isEqualTo("metadata_leg_failed");
        assertThat(answer.path("hits")).isNotEmpty();
    }

    @Test
    void theActiveProfileIsShown() throws Exception {
        use("{\"depths\":{\"vector\":77}}");

        JsonNode shown = api.http.get("/v1/ranking-profile").json();

        assertThat(shown.at("/depths/vector").asInt()).isEqualTo(77);
        assertThat(search("{\"query\":\"walrus\"}").path("profile").asText()).isEqualTo("test@1");
    }

    private void use(String stated) throws InvalidProfileException {
        String named = "{\"name\":\"test\",\"version\":\"1\"," + stated.substring(1);
        api.profile = RankingProfiles.read(named.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode search(String body) {
        Answer answer = api.http.post("/v1/search", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> ids(JsonNode answer) {
        return answer.path("hits").findValuesAsText("chunk_id");
    }

    private static IndexWrite put(String id, String document, String text, String... nearDuplicateKeys) {
        ChunkMetadata said = new ChunkMetadata(List.of(), 1, "", "", List.of(), List.of(nearDuplicateKeys));
        return new IndexWrite.PutChunk(chunk(id, document, text, IndexWrites.plain(), 1, said));
    }

    private static ChunkDocument chunk(
            String id, String document, String text, DocumentFields fields, long fence, ChunkMetadata said) {
        return new ChunkDocument(
                id,
                fence,
                "default",
                document,
                List.of(),
                text,
                3,
                said,
                fields,
                IndexWrites.EVENT_TIME,
                WordEmbedder.vector(text));
    }
}
