package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.query.Http.Answer;
import dev.freshet.query.freshness.KnownWatermarks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the running API does. */
final class OpenApiTest {
    private static final String JSON = "application/json";

    private static FakeApi api;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        api = FakeApi.start();
        document = api.http.get("/openapi.json").json();
        IndexWrites writes = new IndexWrites("default");
        var chunk = writes.chunk(
                "a", 1, "walrus", WordEmbedder.vector("walrus"), IndexWrites.withMetadata("{\"k\":[\"v\"],\"n\":1}"));
        api.write(chunk, writes.document("docs/a", new ChangeOrder(0, 1), IndexWrites.plain(), List.of(chunk)));
        IndexWatermark read = new IndexWatermark("documents", 0, -1, null, OutcomeCounts.NONE.read(), Instant.now());
        IndexWatermark followed =
                new IndexWatermark("documents", 1, 5, Instant.now(), OutcomeCounts.NONE, Instant.now());
        api.watermarks = new KnownWatermarks(List.of(read, followed), Instant.now());
        var lost = writes.chunk("lost", 1, "lost", null);
        api.write(writes.document("docs/b", new ChangeOrder(0, 1), IndexWrites.plain(), List.of(lost)));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyOperationIsThere() {
        List<String> missing = new ArrayList<>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (!operation.getValue().has("operationId")) {
                    continue;
                }
                String method = operation.getKey().toUpperCase(Locale.ROOT);
                Answer answer = api.http.send(method, path.getKey().replace("{id}", "docs/a"));
                if (answer.status() == 404 || answer.status() == 405) {
                    missing.add(method + " " + path.getKey());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void answersAreAsDescribed() {
        assertDescribed("post", "/v1/search", api.http.post("/v1/search", "{\"query\":\"walrus\",\"explain\":true}"));
        assertDescribed(
                "post", "/v1/search", api.http.post("/v1/search", "{\"query\":\"walrus\",\"mode\":\"keyword\"}"));
        assertDescribed(
                "post",
                "/v1/documents",
                api.http.post("/v1/documents", "{\"id\":\"a\",\"content\":\"x\",\"metadata\":{\"a\":1}}"));
        assertDescribed("delete", "/v1/documents/{id}", api.http.delete("/v1/documents/docs/a"));
        assertDescribed("get", "/v1/documents/{id}", api.http.get("/v1/documents/docs/a"));
        assertDescribed("get", "/v1/documents/{id}", api.http.get("/v1/documents/docs/b"));
        assertDescribed(
                "post",
                "/v1/search",
                api.http.post(
                        "/v1/search",
                        "{\"query\":\"walrus and how to feed it\",\"strategy\":\"hierarchical\",\"rerank\":\"word_overlap\",\"k\":1,\"explain\":true}"));
        assertDescribed(
                "post",
                "/v1/search",
                api.http.post(
                        "/v1/search",
                        "{\"query\":\"latest walrus and how to feed it\",\"strategy\":\"multi_query\",\"explain\":true}"));
        assertDescribed("get", "/v1/ranking-profile", api.http.get("/v1/ranking-profile"));
        assertDescribed("get", "/v1/freshness", api.http.get("/v1/freshness"));
        assertDescribed("get", "/healthz", api.http.get("/healthz"));
        assertDescribed("get", "/readyz", api.http.get("/readyz"));
    }

    @Test
    void problemsAreAsDescribed() {
        assertDescribed("post", "/v1/search", api.http.post("/v1/search", "{\"k\":0}"));
        assertDescribed("post", "/v1/search", api.http.post("/v1/search", "{"));
        assertDescribed("post", "/v1/documents", api.http.post("/v1/documents", "{}"));
        assertDescribed("get", "/v1/documents/{id}", api.http.get("/v1/documents/none"));
        assertDescribed("delete", "/v1/documents/{id}", api.http.delete("/v1/documents/a?version=x"));
    }

    @Test
    void theExamplesAreAccepted() {
        JsonNode searches = document.at("/components/schemas/SearchRequest/examples");
        JsonNode inputs = document.at("/components/schemas/DocumentInput/examples");

        assertThat(searches).hasSize(2).allSatisfy(search -> {
            assertThat(schema(document.at("/components/schemas/SearchRequest"))
                            .validate(search.toString(), InputFormat.JSON))
                    .isEmpty();
            assertThat(api.http.post("/v1/search", search.toString()).status()).isEqualTo(200);
        });
        assertThat(inputs).hasSize(2).allSatisfy(input -> {
            assertThat(schema(document.at("/components/schemas/DocumentInput"))
                            .validate(input.toString(), InputFormat.JSON))
                    .isEmpty();
            assertThat(api.http.post("/v1/documents", input.toString()).status())
                    .isEqualTo(202);
        });
    }

    private static void assertDescribed(String method, String path, Answer answer) {
        JsonNode response = resolved(document.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(Integer.toString(answer.status())));
        assertThat(response.isMissingNode())
                .as("%s %s answers %d, which is not described", method, path, answer.status())
                .isFalse();
        String type = answer.header("Content-Type").replaceAll(";.*", "");
        assertThat(type).isIn(JSON, "application/problem+json");
        JsonNode schema = response.path("content").path(type).path("schema");
        assertThat(schema.isMissingNode()).as("%s of %s", type, path).isFalse();
        assertThat(schema(schema).validate(answer.body(), InputFormat.JSON))
                .as(answer.body())
                .isEmpty();
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Schema schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString());
    }
}
