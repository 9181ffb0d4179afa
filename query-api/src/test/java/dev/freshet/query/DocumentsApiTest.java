package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.query.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/documents}. */
final class DocumentsApiTest {
    private FakeApi api;

    @BeforeEach
    void start() {
        api = FakeApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void anUpsertGoesToTheStreamAsItIs() throws Exception {
        Answer answer = api.http.post("/v1/documents", """
                {"id":"docs/ä b.md","content":"# Hi","content_type":"text/markdown","title":"T","uri":"https://x",
                 "metadata":{"k":["v"],"n":1},"acl":["group:x"],"version":17,"epoch":2,"event_time":"2026-01-01T00:00:00+01:00"}""", "Freshet-Tenant", "acme");

        assertThat(answer.status()).isEqualTo(202);
        JsonNode json = answer.json();
        assertThat(json.path("tenant").asText()).isEqualTo("acme");
        assertThat(json.path("id").asText()).isEqualTo("docs/ä b.md");
        assertThat(json.path("epoch").asLong()).isEqualTo(2);
        assertThat(json.path("version").asLong()).isEqualTo(17);
        assertThat(json.path("origin").toString()).isEqualTo("{\"topic\":\"documents\",\"partition\":2,\"offset\":0}");
        ChangeEnvelope change = api.changes.changes().getFirst();
        assertThat(change.operation()).isEqualTo(Operation.UPSERT);
        assertThat(change.key()).isEqualTo(new DocumentKey("acme", "docs/ä b.md"));
        assertThat(change.order()).isEqualTo(new ChangeOrder(2, 17));
        assertThat(change.fields()).isEqualTo(Json.MAPPER.readTree("""
                {"event_time":"2025-12-31T23:00:00Z","content_type":"text/markdown","content":"# Hi","title":"T","uri":"https://x",
                 "metadata":{"k":["v"],"n":1},"acl":["group:x"]}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "report.pdf, application/pdf",
        "table.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "letter.txt, text/plain; charset=iso-8859-1",
        "stack.py, text/x-python"
    })
    void aFileGoesToTheStreamAsItsBytes(String id, String type) throws Exception {
        Answer answer = api.http.post(
                "/v1/documents",
                "{\"id\":\"%s\",\"content_type\":\"%s\",\"content_base64\":\"JVBERi0xLjQK\"}".formatted(id, type));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        JsonNode fields = api.changes.changes().getFirst().fields();
        assertThat(fields.path("content_base64").textValue()).isEqualTo("JVBERi0xLjQK");
        assertThat(fields.path("content_type").textValue()).isEqualTo(type);
        assertThat(fields.has("content")).isFalse();
    }

    @Test
    void theTypeOfBytesMayBeLeftToTheIngestJobAndTextIsPlainUnlessItSaysMore() {
        api.http.post("/v1/documents", "{\"id\":\"a.pdf\",\"content_base64\":\"JVBERi0xLjQK\"}");
        api.http.post("/v1/documents", "{\"id\":\"a.md\",\"content\":\"x\"}");
        api.http.post("/v1/documents", "{\"id\":\"a\",\"content\":\"<p>x</p>\",\"content_type\":\"text/html\"}");

        assertThat(api.changes.changes())
                .extracting(change -> change.fields().path("content_type").asText(null))
                .containsExactly(null, "text/plain", "text/html");
    }

    @Test
    void withoutVersionEachChangeGetsAHigherOne() {
        List<Long> versions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            versions.add(api.http
                    .post("/v1/documents", "{\"id\":\"a\",\"content\":\"x\"}")
                    .json()
                    .path("version")
                    .asLong());
        }
        versions.add(api.http.delete("/v1/documents/a").json().path("version").asLong());

        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(versions.getFirst()).isGreaterThan(1_600_000_000_000_000L);
    }

    @Test
    void anEmptyDocumentIsADocument() {
        assertThat(api.http
                        .post("/v1/documents", "{\"id\":\"a\",\"content\":\"\"}")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "docs/a.md, docs/a.md",
        "docs%2Fa%20b.md, docs/a b.md",
        "a+b%2Bc, a+b+c",
        "%C3%A4/, ä/",
        "a//b, a//b",
        "a/%2e%2e/b, a/../b"
    })
    void aDeleteTakesTheRestOfThePathAsId(String path, String id) {
        Answer answer = api.http.delete("/v1/documents/" + path + "?version=3&epoch=1");

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        ChangeEnvelope change = api.changes.changes().getFirst();
        assertThat(change.operation()).isEqualTo(Operation.DELETE);
        assertThat(change.key()).isEqualTo(new DocumentKey("default", id));
        assertThat(change.order()).isEqualTo(new ChangeOrder(1, 3));
    }

    @ParameterizedTest
    @CsvSource({"a?version=-1", "a?epoch=1024", "a?version=x", "%C3", "a%00b", "%20"})
    void aPathThatNamesNoDocumentIsRefused(String path) {
        assertThat(api.http.delete("/v1/documents/" + path).status()).isEqualTo(400);
        assertThat(api.changes.changes()).isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Answer answer = api.http.post("/v1/documents", """
                {"id":"a\\u0000b","content":7,"content_type":"html","title":1,"uri":2,"acl":["",3],
                 "version":-1,"epoch":1024,"event_time":"yesterday","tenant":"other"}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/tenant",
                        "/id",
                        "/content",
                        "/content_type",
                        "/title",
                        "/uri",
                        "/acl/0",
                        "/acl/1",
                        "/epoch",
                        "/version",
                        "/event_time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"content\":\"x\"} | /id",
                "{\"id\":\"a\"} | /content",
                "{\"id\":\"a\",\"content\":\"x\",\"content_base64\":\"eA==\"} | /content_base64",
                "{\"id\":\"a\",\"content_base64\":\"not base64\"} | /content_base64",
                "{\"id\":\"a\",\"content_base64\":7} | /content_base64",
                "{\"id\":\"a\",\"content_base64\":\"/w==\",\"content_type\":\"text/plain; charset=utf-8\"} | ''",
                "{\"id\":\"a\",\"content\":\"x\",\"content_type\":\"text/plain\\n\"} | /content_type",
                "{\"id\":\"a\",\"content\":\"x\",\"version\":9007199254740992} | /version",
                "{\"id\":\"a\",\"content\":\"x\",\"metadata\":{\"k\":{}}} | /metadata",
                "{\"id\":\"a\",\"content\":\"x\",\"metadata\":[]} | /metadata",
                "{\"id\":\"a\",\"content\":\"x\",\"acl\":[]} | /acl"
            })
    void whatTheIngestJobWouldRefuseIsRefusedHere(String body, String pointer) {
        Answer answer = api.http.post("/v1/documents", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(api.changes.changes()).isEmpty();
    }

    @Test
    void aDocumentOverTheLimitIsRefused() {
        String body = "{\"id\":\"a\",\"content\":\"" + "a".repeat(9 << 20) + "\"}";

        assertThat(api.http.post("/v1/documents", body).status()).isEqualTo(413);
    }

    @Test
    void aStreamThatIsDownIsAProblemThatMayPass() {
        api.changes.goDown();

        Answer answer = api.http.post("/v1/documents", "{\"id\":\"a\",\"content\":\"x\"}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void aDocumentIsReadWithItsTextAndChunks() {
        IndexWrites writes = new IndexWrites("default");
        var one = writes.chunk("1", 5, "One. ", null);
        var two = writes.chunk("2", 5, "Two.", null);
        DocumentFields fields = new DocumentFields("T", null, "text/plain", "{\"k\":1}", List.of("*"), "en");
        api.write(one, two, writes.document("docs/a.md", new ChangeOrder(0, 5), fields, List.of(one, two)));

        JsonNode json = api.http.get("/v1/documents/docs/a.md").json();

        assertThat(json.path("id").asText()).isEqualTo("docs/a.md");
        assertThat(json.path("version").asLong()).isEqualTo(5);
        assertThat(json.path("title").asText()).isEqualTo("T");
        assertThat(json.path("text").asText()).isEqualTo("One. Two.");
        assertThat(json.path("language").asText()).isEqualTo("en");
        assertThat(json.at("/metadata/k").asInt()).isEqualTo(1);
        assertThat(json.path("chunks").toString())
                .isEqualTo(
                        "[{\"id\":\"default-1\",\"start\":0,\"end\":5},{\"id\":\"default-2\",\"start\":5,\"end\":9}]");
        assertThat(json.has("missing_chunks")).isFalse();
    }

    @Test
    void aDocumentOfOthersIsNotThere() {
        api.write(
                new IndexWrites("other").document("a", new ChangeOrder(0, 1), IndexWrites.plain(), List.of()),
                new IndexWrites("default")
                        .document("secret", new ChangeOrder(0, 1), IndexWrites.withAcl("group:board"), List.of()));

        assertThat(api.http.get("/v1/documents/a").status()).isEqualTo(404);
        assertThat(api.http.get("/v1/documents/secret").status()).isEqualTo(404);
        assertThat(api.http.get("/v1/documents/a", "Freshet-Tenant", "other").status())
                .isEqualTo(200);
    }
}
