package dev.freshet.local.stack;

import java.util.List;
import java.util.Optional;

/**
 * The whole stack as it is now.
 *
 * @param components its processes, in the order of their start
 * @param job the ingest job; empty when the stack runs without it
 */
public record StackStatus(List<ComponentStatus> components, Optional<IngestJobStatus> job) {

    /**
     * The ingest job as it is now.
     *
     * @param id Flink's id of the job; empty before it is submitted
     * @param state Flink's name of its state, or SUBMITTING
     * @param message why it does not run, for people; empty when it does
     */
    public record IngestJobStatus(String id, String state, String message) {
        boolean healthy() {
            return state.equals("RUNNING");
        }
    }

    /** Whether everything does its work. */
    public boolean healthy() {
        return components.stream().allMatch(status -> status.state() == ComponentStatus.State.HEALTHY)
                && job.map(IngestJobStatus::healthy).orElse(true);
    }
}
