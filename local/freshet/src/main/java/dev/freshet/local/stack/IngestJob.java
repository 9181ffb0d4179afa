package dev.freshet.local.stack;

import dev.freshet.local.flink.Checkpoints;
import dev.freshet.local.flink.FlinkRest;
import dev.freshet.local.flink.FlinkRest.JobStatus;
import dev.freshet.local.flink.FlinkRest.RefusedException;
import dev.freshet.local.flink.FlinkRest.Submission;
import dev.freshet.local.stack.StackStatus.IngestJobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the ingest job running: submits it from its newest checkpoint, and again when a new JobManager does not know it.
 * A job that somebody cancelled, or that failed for good, is left alone.
 */
final class IngestJob {

    private static final Duration RECHECK = Duration.ofSeconds(2);
    /** Flink tells that a checkpoint is over only when asked. */
    private static final Duration CHECKPOINT_LOOK = Duration.ofMillis(100);

    private final FlinkRest flink;
    private final Path jar;
    private final List<String> arguments;
    private final Path checkpoints;

    private IngestJobStatus status = new IngestJobStatus("", "WAITING", "waits for Flink");
    private Instant nextStep = Instant.EPOCH;
    private Instant doubtedAt = Instant.EPOCH;

    IngestJob(StackOptions options, Path checkpoints) {
        this.flink = new FlinkRest(Readiness.loopback(options.ports().flink()));
        this.jar = options.project().ingestJob();
        this.checkpoints = checkpoints;
        List<String> all = new ArrayList<>(List.of(
                "--kafka-bootstrap-servers",
                "127.0.0.1:" + options.ports().kafka(),
                "--opensearch-url",
                "http://127.0.0.1:" + options.ports().openSearch()));
        all.addAll(options.ingestArguments());
        this.arguments = List.copyOf(all);
    }

    IngestJobStatus status() {
        return status;
    }

    /** Whether it will not run again by itself. */
    boolean ended() {
        return List.of("FAILED", "CANCELED", "FINISHED").contains(status.state());
    }

    /** A process of Flink died: the job counts as running once it has recovered from that. */
    void doubt(Instant now) {
        doubtedAt = now;
        nextStep = now;
        if (status.healthy()) {
            status = new IngestJobStatus(status.id(), "RECOVERING", "Flink lost a process");
        }
    }

    /** One look at the job, while the cluster answers. */
    void step(Instant now) {
        if (ended() || now.isBefore(nextStep)) {
            return;
        }
        try {
            status = status.id().isEmpty() ? submit() : look(status.id());
        } catch (RefusedException e) {
            status = new IngestJobStatus("", "FAILED", String.valueOf(e.getMessage()));
            return;
        } catch (IOException e) {
            status = new IngestJobStatus(status.id(), "WAITING", String.valueOf(e.getMessage()));
            nextStep = now.plus(RECHECK);
            return;
        }
        nextStep = status.healthy() ? now.plus(RECHECK) : now;
    }

    private IngestJobStatus submit() throws IOException {
        Optional<Path> newest = Checkpoints.newest(checkpoints);
        Map<String, String> configuration =
                Map.of("execution.checkpointing.dir", checkpoints.toUri().toString());
        String id = flink.submit(jar, new Submission(arguments, newest, configuration));
        return new IngestJobStatus(id, "SUBMITTED", "starts");
    }

    private IngestJobStatus look(String id) throws IOException {
        Optional<JobStatus> job = flink.job(id);
        if (job.isEmpty()) {
            return new IngestJobStatus("", "WAITING", "is submitted again: the JobManager does not know it any more");
        }
        if (job.get().running() && job.get().runningSince().isAfter(doubtedAt)) {
            return new IngestJobStatus(id, "RUNNING", "");
        }
        String state =
                job.get().state().equals("RUNNING") ? "RECOVERING" : job.get().state();
        return new IngestJobStatus(id, state, flink.failure(id).orElse("starts"));
    }

    /** Takes a checkpoint so that the next start repeats as little as possible; gives up at the deadline. */
    void checkpoint(Duration deadline) throws InterruptedException {
        if (!status.healthy()) {
            return;
        }
        long until = System.nanoTime() + deadline.toNanos();
        try {
            String trigger = flink.triggerCheckpoint(status.id());
            while (!flink.checkpointOver(status.id(), trigger) && System.nanoTime() < until) {
                Thread.sleep(CHECKPOINT_LOOK.toMillis());
            }
        } catch (IOException e) {
            // The newest regular checkpoint is only seconds old.
        }
    }
}
