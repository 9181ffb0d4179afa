package dev.freshet.local.lifecycle;

import dev.freshet.local.flink.CheckpointProgress;
import dev.freshet.local.flink.FlinkRest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ingest job, as {@code status} tells of it.
 *
 * @param id Flink's id
 * @param state its state
 * @param message why it does not run
 * @param checkpoint its newest completed checkpoint; null before the first
 * @param failing checkpoints that fail; null when the newest one that ended was completed
 */
record JobLine(
        String id,
        String state,
        String message,
        @Nullable CheckpointLine checkpoint,
        @Nullable FailingLine failing) {

    /**
     * A checkpoint.
     *
     * @param id its number
     * @param at when it was taken
     * @param ageSeconds how long ago it was completed
     * @param durationMs how long it took
     * @param stateBytes how much it holds
     */
    record CheckpointLine(long id, String at, long ageSeconds, long durationMs, long stateBytes) {}

    /**
     * Checkpoints that fail.
     *
     * @param checkpoints how many since the last completed one
     * @param message Flink's words for the newest failure
     */
    record FailingLine(long checkpoints, String message) {}

    /** Null when the stack runs without the job. */
    static @Nullable JobLine of(StackState state) {
        StackState.Job job = state.job();
        if (job == null) {
            return null;
        }
        try {
            return job.id().isEmpty()
                    ? of(job, null, Instant.now())
                    : of(
                            job,
                            new FlinkRest(RunningStack.loopback(state.ports().flink())).checkpoints(job.id()),
                            Instant.now());
        } catch (IOException e) {
            return of(job, null, Instant.now());
        }
    }

    static JobLine of(StackState.Job job, @Nullable CheckpointProgress progress, Instant now) {
        if (progress == null) {
            return new JobLine(job.id(), job.state(), job.message(), null, null);
        }
        CheckpointLine last = progress.last()
                .map(checkpoint -> new CheckpointLine(
                        checkpoint.id(),
                        checkpoint.triggeredAt().toString(),
                        Math.max(
                                0,
                                Duration.between(checkpoint.completedAt(), now).toSeconds()),
                        Duration.between(checkpoint.triggeredAt(), checkpoint.completedAt())
                                .toMillis(),
                        checkpoint.stateBytes()))
                .orElse(null);
        FailingLine failing =
                progress.failedSince() == 0 ? null : new FailingLine(progress.failedSince(), progress.failure());
        return new JobLine(job.id(), job.state(), job.message(), last, failing);
    }
}
