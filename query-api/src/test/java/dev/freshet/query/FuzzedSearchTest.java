package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.reliability.Survives;
import dev.freshet.query.Http.Answer;
import org.junit.jupiter.api.Test;

/** Ten thousand searches that nobody means well with: each is answered, or refused with a reason. */
final class FuzzedSearchTest {
    private static final int SEARCHES = 10_000;

    @Test
    @Survives({"B11", "B12", "B13"})
    void everyOneIsAnsweredOrRefused() {
        int answered = 0;
        try (FakeApi api = FakeApi.start()) {
            IndexWrites writes = new IndexWrites("default");
            for (int i = 0; i < 20; i++) {
                String text = "walrus savepoint " + i;
                api.write(writes.chunk(
                        "c" + i,
                        1,
                        text,
                        WordEmbedder.vector(text),
                        IndexWrites.withMetadata("{\"team\":\"red\",\"year\":" + i + "}")));
            }
            FuzzedSearches searches = new FuzzedSearches(20_261_130);
            for (int i = 0; i < SEARCHES; i++) {
                String body = searches.next();
                Answer answer = api.http.post("/v1/search", body);
                assertThat(answer.status())
                        .as("search %d: %s gave %s", i, body, answer.body())
                        .isIn(200, 400);
                JsonNode json = answer.json();
                if (answer.status() == 200) {
                    answered++;
                    assertThat(json.path("degraded")).as(body).isEmpty();
                } else {
                    assertThat(json.path("type").asText()).startsWith("urn:freshet:problem:");
                    assertThat(answer.body()).doesNotContain("Exception", "dev.freshet", "jndi", "script>");
                }
            }
        }
        // Neither all of them junk nor all of them harmless.
        assertThat(answered).isBetween(SEARCHES / 10, SEARCHES * 9 / 10);
    }
}
