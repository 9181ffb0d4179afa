package dev.freshet.local.stack;

import dev.freshet.local.flink.FlinkRest;
import dev.freshet.local.flink.FlinkRest.Failure;
import dev.freshet.local.flink.FlinkRest.JobStatus;
import dev.freshet.local.flink.FlinkRest.RefusedException;
import dev.freshet.local.flink.FlinkRest.Submission;
import dev.freshet.local.stack.RestorePoints.NoneReadableException;
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

    private static final String DEFAULT_NAME = "freshet-ingest";

    private final FlinkRest flink;
    private final Path jar;
    private final List<String> arguments;
    private final Path checkpoints;
    private final RestorePoints restorePoints;
    private final String name;

    private Optional<Path> restoredFrom = Optional.empty();
    private IngestJobStatus status = new IngestJobStatus("", "WAITING", "waits for Flink");
    private Instant nextStep = Instant.EPOCH;
    private Instant doubtedAt = Instant.EPOCH;

    IngestJob(StackOptions options, Path checkpoints) {
        this.flink = new FlinkRest(Readiness.loopback(options.ports().flink()));
        this.jar = options.project().ingestJob();
        this.checkpoints = checkpoints;
        this.restorePoints = new RestorePoints(checkpoints);
        List<String> all = new ArrayList<>(List.of(
                "--kafka-bootstrap-servers",
                "127.0.0.1:" + options.ports().kafka(),
                "--opensearch-url",
                "http://127.0.0.1:" + options.ports().openSearch()));
        all.addAll(options.ingestArguments());
        this.arguments = List.copyOf(all);
        int named = arguments.lastIndexOf("--job-name");
        this.name = named < 0 ? DEFAULT_NAME : arguments.get(named + 1);
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
        } catch (RefusedException | NoneReadableException e) {
            status = new IngestJobStatus("", "FAILED", String.valueOf(e.getMessage()));
            return;
        } catch (IOException e) {
            status = new IngestJobStatus(status.id(), "WAITING", String.valueOf(e.getMessage()));
            nextStep = now.plus(RECHECK);
            return;
        }
        nextStep = status.healthy() ? now.plus(RECHECK) : now;
    }

    private IngestJobStatus submit() throws IOException, NoneReadableException {
        Optional<String> known = flink.jobNamed(name);
        if (known.isPresent()) {
            // An earlier submission was late to answer: a second job would write against the first.
            return new IngestJobStatus(known.get(), "SUBMITTED", "starts");
        }
        restoredFrom = restorePoints.newest();
        Map<String, String> configuration =
                Map.of("execution.checkpointing.dir", checkpoints.toUri().toString());
        try {
            String id = flink.submit(jar, new Submission(arguments, restoredFrom, configuration));
            return new IngestJobStatus(id, "SUBMITTED", "starts");
        } catch (RefusedException e) {
            if (restoredFrom.isEmpty() || !e.inRestore()) {
                throw e;
            }
            return giveUpCheckpoint(String.valueOf(e.getMessage()));
        }
    }

    private IngestJobStatus look(String id) throws IOException {
        Optional<JobStatus> job = flink.job(id);
        if (job.isEmpty()) {
            return new IngestJobStatus("", "WAITING", "is submitted again: the JobManager does not know it any more");
        }
        if (job.get().running() && job.get().runningSince().isAfter(doubtedAt)) {
            return new IngestJobStatus(id, "RUNNING", "");
        }
        Optional<Failure> failure = flink.failure(id);
        if (failure.map(Failure::inRestore).orElse(false) && restorePoints.exist()) {
            return giveUpCheckpoint(id, job.get(), failure.get());
        }
        String state =
                job.get().state().equals("RUNNING") ? "RECOVERING" : job.get().state();
        return new IngestJobStatus(id, state, failure.map(Failure::cause).orElse("starts"));
    }

    /** The checkpoint that the job starts from cannot be read: the next submission takes the one before it. */
    private IngestJobStatus giveUpCheckpoint(String cause) {
        restoredFrom.ifPresent(restorePoints::unreadable);
        restoredFrom = Optional.empty();
        return new IngestJobStatus("", "WAITING", unreadable(cause));
    }

    private IngestJobStatus giveUpCheckpoint(String id, JobStatus job, Failure failure) throws IOException {
        if (job.ended()) {
            return giveUpCheckpoint(failure.cause());
        }
        if (!job.state().equals("CANCELLING")) {
            flink.cancel(id);
        }
        return new IngestJobStatus(id, "RECOVERING", unreadable(failure.cause()));
    }

    private static String unreadable(String cause) {
        return "cannot read its newest checkpoint (" + cause + "); an older one is tried";
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
