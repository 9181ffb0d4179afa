package dev.freshet.query.freshness;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.query.access.CallerResolver;
import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** {@code GET /v1/freshness}: how far the index follows every partition of the stream, and what became of the records. */
public final class FreshnessEndpoint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration STALE_AFTER = Duration.ofSeconds(10);

    private final CallerResolver callers;
    private final IndexWatermarks watermarks;
    private final InstantSource clock;

    public FreshnessEndpoint(CallerResolver callers, IndexWatermarks watermarks, InstantSource clock) {
        this.callers = callers;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    public void register(RoutesConfig routes) {
        routes.get("/v1/freshness", this::get);
    }

    private void get(Context ctx) {
        // It is about no tenant's documents, but still for those who may call the API.
        callers.resolve(ctx);
        KnownWatermarks known = watermarks.known();
        Instant asOf = known.asOf();
        if (asOf == null) {
            throw new ProblemException(
                    Problem.unavailable(
                            "watermarks-unavailable",
                            "How far the index follows the stream is not known yet: Kafka does not answer, or has no topic of watermarks."));
        }
        Instant now = clock.instant();
        ObjectNode json = JSON.createObjectNode();
        json.put("as_of", asOf.toString());
        json.put("stale", asOf.plus(STALE_AFTER).isBefore(now));
        json.set("totals", counts(JSON.createObjectNode(), known.totals()));
        var partitions = json.putArray("partitions");
        known.partitions().forEach(watermark -> partitions.add(partition(watermark, now)));
        ctx.contentType("application/json").header("Cache-Control", "no-store").result(json.toString());
    }

    private static ObjectNode partition(IndexWatermark watermark, Instant now) {
        ObjectNode json = JSON.createObjectNode();
        json.put("topic", watermark.topic());
        json.put("partition", watermark.partition());
        json.put("offset", watermark.offset());
        Instant eventTime = watermark.eventTime();
        if (eventTime != null) {
            json.put("event_time", eventTime.toString());
            json.put("age_ms", Math.max(0, Duration.between(eventTime, now).toMillis()));
        }
        json.put("at", watermark.at().toString());
        return counts(json, watermark.counts());
    }

    private static ObjectNode counts(ObjectNode json, OutcomeCounts counts) {
        return json.put("records", counts.records())
                .put("applied", counts.applied())
                .put("unchanged", counts.unchanged())
                .put("superseded", counts.superseded())
                .put("dead_lettered", counts.deadLettered())
                .put("parked", counts.parked())
                .put("pending", counts.pending());
    }
}
