package dev.freshet.local.lifecycle;

import dev.freshet.local.flink.FlinkRest;
import dev.freshet.local.flink.FlinkRest.Checkpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ingest job, as {@code status} tells of it.
 *
 * @param id Flink's id
 * @param state its state
 * @param message why it does not run
 * @param checkpoint its newest completed checkpoint; null before the first
 */
record JobLine(
        String id, String state, String message, @Nullable CheckpointLine checkpoint) {

    /**
     * A checkpoint.
     *
     * @param id its number
     * @param at when it was taken
     * @param durationMs how long it took
     * @param stateBytes how much it holds
     */
    record CheckpointLine(long id, String at, long durationMs, long stateBytes) {}

    /** Null when the stack runs without the job. */
    static @Nullable JobLine of(StackState state) {
        StackState.Job job = state.job();
        if (job == null) {
            return null;
        }
        return new JobLine(job.id(), job.state(), job.message(), checkpoint(state, job));
    }

    private static @Nullable CheckpointLine checkpoint(StackState state, StackState.Job job) {
        if (job.id().isEmpty()) {
            return null;
        }
        try {
            Optional<Checkpoint> last =
                    new FlinkRest(RunningStack.loopback(state.ports().flink())).lastCheckpoint(job.id());
            return last.map(found -> new CheckpointLine(
                            found.id(),
                            Instant.ofEpochMilli(found.triggeredAt()).toString(),
                            found.durationMillis(),
                            found.stateBytes()))
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
