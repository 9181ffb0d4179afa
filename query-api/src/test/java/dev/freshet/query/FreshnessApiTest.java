package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.query.Http.Answer;
import dev.freshet.query.freshness.KnownWatermarks;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/freshness}. */
final class FreshnessApiTest {
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
    void everyPartitionSaysHowFarItIsFollowedAndTheCountsAreAddedUp() {
        Instant eventTime = Instant.now().minusSeconds(60);
        api.watermarks = new KnownWatermarks(
                List.of(
                        watermark(0, 41, eventTime, new OutcomeCounts(28, 7, 6, 5, 4, 3, 3)),
                        watermark(1, -1, null, new OutcomeCounts(1, 0, 0, 0, 0, 0, 1))),
                Instant.now());

        JsonNode json = api.http.get("/v1/freshness").json();

        assertThat(json.path("stale").asBoolean(true)).isFalse();
        assertThat(json.path("totals").toString())
                .isEqualTo("{\"records\":29,\"applied\":7,\"unchanged\":6,\"superseded\":5,\"dead_lettered\":4,"
                        + "\"parked\":3,\"pending\":4}");
        JsonNode first = json.at("/partitions/0");
        assertThat(first.path("topic").asText()).isEqualTo("documents");
        assertThat(first.path("offset").asLong()).isEqualTo(41);
        assertThat(first.path("event_time").asText()).isEqualTo(eventTime.toString());
        assertThat(first.path("age_ms").asLong()).isGreaterThanOrEqualTo(60_000);
        assertThat(first.path("pending").asLong()).isEqualTo(3);
        JsonNode second = json.at("/partitions/1");
        assertThat(second.path("partition").asInt()).isEqualTo(1);
        assertThat(second.has("event_time")).isFalse();
        assertThat(second.has("age_ms")).isFalse();
    }

    @Test
    void whileKafkaIsAwayTheLastThatWasKnownIsMarkedStale() {
        Instant asOf = Instant.now().minusSeconds(11);
        api.watermarks = new KnownWatermarks(List.of(watermark(0, 5, asOf, OutcomeCounts.NONE)), asOf);

        JsonNode json = api.http.get("/v1/freshness").json();

        assertThat(json.path("stale").asBoolean()).isTrue();
        assertThat(json.path("as_of").asText()).isEqualTo(asOf.toString());
        assertThat(json.at("/partitions/0/offset").asLong()).isEqualTo(5);
    }

    @Test
    void whatWasNeverReadIsAProblemThatMayPass() {
        Answer answer = api.http.get("/v1/freshness");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:freshet:problem:watermarks-unavailable");
    }

    private static IndexWatermark watermark(
            int partition, long offset, @org.jspecify.annotations.Nullable Instant eventTime, OutcomeCounts counts) {
        return new IndexWatermark("documents", partition, offset, eventTime, counts, Instant.now());
    }
}
