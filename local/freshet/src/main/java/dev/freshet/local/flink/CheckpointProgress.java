package dev.freshet.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * How the checkpoints of a job go.
 *
 * @param last the newest completed one; empty before the first
 * @param failedSince how many failed after it, or after the one that the job began with
 * @param failure Flink's words for the newest failure after the last completed one; empty when there is none
 */
public record CheckpointProgress(Optional<Checkpoint> last, long failedSince, String failure) {

    /**
     * A completed checkpoint.
     *
     * @param id number of the checkpoint within the job
     * @param triggeredAt when it was taken
     * @param completedAt when all of it was written
     * @param stateBytes size of the state it holds
     * @param newBytes as much of it was written for this checkpoint; the rest it shares with earlier ones
     */
    public record Checkpoint(long id, Instant triggeredAt, Instant completedAt, long stateBytes, long newBytes) {}

    /** Out of what Flink's REST API says of a job's checkpoints. */
    static CheckpointProgress of(JsonNode checkpoints) {
        JsonNode completed = checkpoints.path("latest").path("completed");
        JsonNode failed = checkpoints.path("latest").path("failed");
        // Numbers are given one after the other, to those that fail as well, and go on after the one that the job began
        // with.
        long last = Math.max(
                completed.path("id").asLong(),
                checkpoints.path("latest").path("restored").path("id").asLong());
        long failedSince = Math.max(0, failed.path("id").asLong() - last);
        return new CheckpointProgress(
                completed.isObject() ? Optional.of(checkpoint(completed)) : Optional.empty(),
                failedSince,
                failedSince == 0 ? "" : failed.path("failure_message").asText(""));
    }

    private static Checkpoint checkpoint(JsonNode completed) {
        return new Checkpoint(
                completed.path("id").asLong(),
                Instant.ofEpochMilli(completed.path("trigger_timestamp").asLong()),
                Instant.ofEpochMilli(completed.path("latest_ack_timestamp").asLong()),
                completed.path("state_size").asLong(),
                completed.path("checkpointed_size").asLong());
    }
}
