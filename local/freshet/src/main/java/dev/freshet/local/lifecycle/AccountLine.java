package dev.freshet.local.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.http.JsonHttp;
import dev.freshet.local.http.JsonHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of the records that the job read, as {@code GET /v1/freshness} counts them.
 *
 * @param records all of them
 * @param deadLettered those that could not be applied
 * @param pending those under way
 * @param parked deletes that are held back until somebody decides
 */
record AccountLine(long records, long deadLettered, long pending, long parked) {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** Null when no API runs, or it does not know yet. */
    static @Nullable AccountLine of(StackState state) {
        boolean api =
                state.processes().stream().anyMatch(process -> process.name().equals("api") && process.healthy());
        return api ? read(RunningStack.loopback(state.ports().api())) : null;
    }

    static @Nullable AccountLine read(URI api) {
        try {
            Answer answer = new JsonHttp(api).get("/v1/freshness", DEADLINE);
            JsonNode totals = answer.body().path("totals");
            if (!answer.ok() || !totals.isObject()) {
                return null;
            }
            return new AccountLine(
                    totals.path("records").asLong(),
                    totals.path("dead_lettered").asLong(),
                    totals.path("pending").asLong(),
                    totals.path("parked").asLong());
        } catch (IOException e) {
            return null;
        }
    }
}
