package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.reliability.Survives;
import dev.freshet.query.Http.Answer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code filter}: expressions over metadata and what every chunk has. */
final class FilterApiTest {
    private static FakeApi api;

    @BeforeAll
    static void start() {
        api = FakeApi.start();
        api.write(
                put("a", "{\"team\":\"red\",\"year\":2024,\"due\":\"2026-01-31\"}", "2026-01-01T00:00:00Z"),
                put("b", "{\"team\":[\"red\",\"blue\"],\"year\":2025.5}", "2026-02-01T00:00:00Z"),
                put(
                        "c",
                        "{\"team\":\"green\",\"year\":-3,\"due\":\"2026-03-01T12:00:00+02:00\"}",
                        "2026-03-01T00:00:00Z"),
                put("d", "{\"draft\":true}", "2026-04-01T00:00:00Z"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"equals\":{\"team\":\"red\"}} | a b",
                "{\"equals\":{\"team\":\"red\",\"year\":2024}} | a",
                "{\"equals\":{\"draft\":true}} | d",
                "{\"equals\":{\"$document_id\":\"doc-c\"}} | c",
                "{\"equals\":{\"$block_types\":\"table\"}} |",
                "{\"in\":{\"team\":[\"green\",\"blue\"]}} | b c",
                "{\"in\":{\"$language\":[\"en\"]}} |",
                "{\"exists\":\"year\"} | a b c",
                "{\"not\":{\"exists\":\"year\"}} | d",
                "{\"range\":{\"year\":{\"gte\":2024}}} | a b",
                "{\"range\":{\"year\":{\"gt\":2024}}} | b",
                "{\"range\":{\"year\":{\"lt\":2024}}} | c",
                "{\"range\":{\"year\":{\"gte\":-3,\"lte\":2024}}} | a c",
                "{\"range\":{\"due\":{\"gt\":\"2026-01-31\"}}} | c",
                "{\"range\":{\"due\":{\"lte\":\"2026-03-01T10:00:00Z\"}}} | a c",
                "{\"range\":{\"$changed_at\":{\"gt\":\"2026-01-01\",\"lte\":\"2026-03-01\"}}} | b c",
                "{\"and\":[{\"equals\":{\"team\":\"red\"}},{\"not\":{\"equals\":{\"team\":\"blue\"}}}]} | a",
                "{\"or\":[{\"equals\":{\"team\":\"green\"}},{\"exists\":\"draft\"}]} | c d",
                "{\"not\":{\"or\":[{\"equals\":{\"team\":\"green\"}},{\"exists\":\"draft\"}]}} | a b",
            })
    void anExpressionSelects(String filter, String expected) {
        for (String mode : List.of("hybrid", "vector", "keyword")) {
            Answer answer = api.http.post(
                    "/v1/search", "{\"query\":\"walrus\",\"mode\":\"%s\",\"filter\":%s}".formatted(mode, filter));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(ids(answer.json()))
                    .containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(" ", -1));
        }
    }

    @Test
    void allFiltersOfARequestHold() {
        Answer answer = api.http.post(
                "/v1/search",
                "{\"query\":\"walrus\",\"filter\":{\"exists\":\"year\"},\"filters\":{\"team\":\"red\"},\"chunk_filters\":{\"code_language\":\"java\"}}");

        assertThat(ids(answer.json())).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @Survives("B13")
    @ValueSource(
            strings = {
                "[]",
                "\"team=red\"",
                "{}",
                "{\"equals\":{\"team\":\"red\"},\"exists\":\"year\"}",
                "{\"script\":{\"source\":\"1\"}}",
                "{\"term\":{\"acl\":\"x\"}}",
                "{\"bool\":{\"must\":[]}}",
                "{\"query_string\":{\"query\":\"*\"}}",
                "{\"equals\":{\"acl\":{\"wildcard\":\"*\"}}}",
                "{\"equals\":{\"$acl\":\"group:board\"}}",
                "{\"equals\":{\"$tenant\":\"other\"}}",
                "{\"in\":{\"$principals\":[\"x\"]}}",
                "{\"equals\":{\"a b\":1}}",
                "{\"equals\":{}}",
                "{\"equals\":[]}",
                "{\"in\":{\"team\":\"red\"}}",
                "{\"in\":{\"team\":[]}}",
                "{\"in\":{\"team\":[{\"a\":1}]}}",
                "{\"exists\":{\"field\":\"team\"}}",
                "{\"exists\":\"a*\"}",
                "{\"range\":{\"year\":{\"gte\":\"now-1d\"}}}",
                "{\"range\":{\"year\":{\"gte\":1,\"boost\":2}}}",
                "{\"range\":{\"year\":{\"gte\":1,\"gt\":1}}}",
                "{\"range\":{\"year\":{\"gte\":1,\"lt\":\"2026-01-01\"}}}",
                "{\"range\":{\"year\":{}}}",
                "{\"range\":{\"year\":{\"gte\":null}}}",
                "{\"range\":{\"$changed_at\":{\"gte\":5}}}",
                "{\"range\":{\"$changed_at\":{\"gte\":\"+999999999-01-01T00:00:00Z\"}}}",
                "{\"range\":{\"$changed_at\":{\"gte\":\"2026-13-41\"}}}",
                "{\"range\":{\"$tokens\":{\"gte\":5}}}",
                "{\"and\":[]}",
                "{\"and\":{\"exists\":\"a\"}}",
                "{\"not\":[{\"exists\":\"a\"}]}",
            })
    void whatIsNoExpressionIsRefused(String filter) {
        Answer answer = api.http.post("/v1/search", "{\"query\":\"walrus\",\"filter\":" + filter + "}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("errors")).isNotEmpty();
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .allSatisfy(pointer -> assertThat(pointer).startsWith("/filter"));
    }

    @Test
    void anExpressionIsNeitherTooDeepNorTooLarge() {
        String deep = "{\"not\":".repeat(9) + "{\"exists\":\"a\"}" + "}".repeat(9);
        String large =
                "{\"or\":[" + "{\"and\":[{\"exists\":\"a\"},{\"exists\":\"b\"}]},".repeat(50) + "{\"exists\":\"a\"}]}";

        for (String filter : List.of(deep, large)) {
            Answer answer = api.http.post("/v1/search", "{\"query\":\"walrus\",\"filter\":" + filter + "}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("at most 100 expressions, 8 inside one another");
        }
    }

    private static List<String> ids(JsonNode answer) {
        return answer.path("hits").findValuesAsText("chunk_id");
    }

    private static IndexWrite put(String id, String metadata, String changedAt) {
        String text = "walrus of " + id;
        return new IndexWrite.PutChunk(new ChunkDocument(
                id,
                1,
                "default",
                "doc-" + id,
                List.of(),
                text,
                3,
                IndexWrites.METADATA,
                new DocumentFields(null, null, "text/plain", metadata, List.of("*")),
                Instant.parse(changedAt),
                WordEmbedder.vector(text)));
    }
}
