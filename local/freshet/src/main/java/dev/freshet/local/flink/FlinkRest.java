package dev.freshet.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.http.JsonHttp;
import dev.freshet.local.http.JsonHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A client of a Flink session cluster's REST API. */
public final class FlinkRest {

    private static final Duration SHORT = Duration.ofSeconds(5);
    /** Submitting runs the job's main method in the JobManager. */
    private static final Duration SUBMIT = Duration.ofSeconds(60);

    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");
    /** How Flink's stack traces say that state could not be read: when the job starts, and in a task. */
    private static final List<String> RESTORING = List.of(
            "CheckpointCoordinator.restoreSavepoint",
            "Checkpoints.loadAndValidateCheckpoint",
            "StreamTaskStateInitializerImpl.streamOperatorStateContext");

    private final JsonHttp http;

    public FlinkRest(URI base) {
        this.http = new JsonHttp(base);
    }

    /**
     * A job at a glance.
     *
     * @param state Flink's state of the job, for instance {@code RUNNING}
     * @param allTasksRunning whether every task of it runs
     * @param runningSince when it became {@code RUNNING} last, also after a recovery; the epoch before
     */
    public record JobStatus(String state, boolean allTasksRunning, Instant runningSince) {
        public boolean running() {
            return state.equals("RUNNING") && allTasksRunning;
        }

        /** Whether it will never run again. */
        public boolean ended() {
            return ENDED.contains(state);
        }
    }

    /**
     * Why a job failed.
     *
     * @param cause the first line of the innermost exception
     * @param inRestore whether it failed while it read a checkpoint or savepoint
     */
    public record Failure(String cause, boolean inRestore) {}

    /**
     * What to run of a jar.
     *
     * @param arguments arguments of the job's main method
     * @param restoreFrom checkpoint or savepoint to continue from, which then belongs to the new job
     * @param configuration Flink options of this job only
     */
    public record Submission(List<String> arguments, Optional<Path> restoreFrom, Map<String, String> configuration) {}

    /** Whether the cluster answers. */
    public boolean answers() throws IOException {
        return http.get("/overview", SHORT).ok();
    }

    /** The addresses of the registered TaskManagers that offer slots; a restarted one has another address. */
    public List<String> taskManagers() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (JsonNode taskManager : http.get("/taskmanagers", SHORT).body().path("taskmanagers")) {
            if (taskManager.path("slotsNumber").asInt() > 0) {
                addresses.add(taskManager.path("path").asText());
            }
        }
        return addresses;
    }

    /** Uploads the jar and runs its main method; returns the id of the job. */
    public String submit(Path jar, Submission submission) throws IOException {
        String jarId = upload(jar);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("programArgsList", submission.arguments());
        body.put("flinkConfiguration", submission.configuration());
        submission.restoreFrom().ifPresent(checkpoint -> {
            body.put("savepointPath", checkpoint.toUri().toString());
            body.put("claimMode", "CLAIM");
        });
        Answer answer = checked(http.post("/jars/" + jarId + "/run", body, SUBMIT), "running " + jar.getFileName());
        return answer.body().path("jobid").asText();
    }

    private String upload(Path jar) throws IOException {
        String boundary = "freshet-jar-boundary";
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n";
        BodyPublisher body = BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofFile(jar),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        Map<String, String> type = Map.of("Content-Type", "multipart/form-data; boundary=" + boundary);
        Answer answer =
                checked(http.send("POST", "/jars/upload", type, body, SUBMIT), "uploading " + jar.getFileName());
        String stored = answer.body().path("filename").asText();
        return stored.substring(stored.lastIndexOf('/') + 1);
    }

    /** Empty when the cluster does not know the job (any more). */
    public Optional<JobStatus> job(String jobId) throws IOException {
        Answer answer = http.get("/jobs/" + jobId, SHORT);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        JsonNode job = checked(answer, "asking for job " + jobId).body();
        boolean all = !job.path("vertices").isEmpty();
        for (JsonNode vertex : job.path("vertices")) {
            String status = vertex.path("status").asText();
            all &= status.equals("RUNNING") || status.equals("FINISHED");
        }
        Instant since =
                Instant.ofEpochMilli(job.path("timestamps").path("RUNNING").asLong());
        return Optional.of(new JobStatus(job.path("state").asText(), all, since));
    }

    /** The id of a job of this name that has not ended. */
    public Optional<String> jobNamed(String name) throws IOException {
        for (JsonNode job : checked(http.get("/jobs/overview", SHORT), "listing the jobs")
                .body()
                .path("jobs")) {
            boolean ended = ENDED.contains(job.path("state").asText());
            if (!ended && job.path("name").asText().equals(name)) {
                return Optional.of(job.path("jid").asText());
            }
        }
        return Optional.empty();
    }

    /** What failed the job last; empty when nothing did. */
    public Optional<Failure> failure(String jobId) throws IOException {
        Answer answer = http.get("/jobs/" + jobId + "/exceptions?maxExceptions=1", SHORT);
        String trace = answer.body()
                .path("exceptionHistory")
                .path("entries")
                .path(0)
                .path("stacktrace")
                .asText("");
        return trace.lines()
                .reduce((first, line) -> line.startsWith("Caused by: ") ? line : first)
                .map(cause -> new Failure(cause, inRestore(trace)));
    }

    /** How the checkpoints of a job go. */
    public CheckpointProgress checkpoints(String jobId) throws IOException {
        return CheckpointProgress.of(checked(
                        http.get("/jobs/" + jobId + "/checkpoints", SHORT),
                        "asking for the checkpoints of job " + jobId)
                .body());
    }

    /** Starts a checkpoint and returns its trigger's id. */
    public String triggerCheckpoint(String jobId) throws IOException {
        Answer answer = http.post("/jobs/" + jobId + "/checkpoints", Map.of(), SHORT);
        return checked(answer, "triggering a checkpoint")
                .body()
                .path("request-id")
                .asText();
    }

    /** Whether a triggered checkpoint is over, completed or failed. */
    public boolean checkpointOver(String jobId, String triggerId) throws IOException {
        Answer answer = http.get("/jobs/" + jobId + "/checkpoints/" + triggerId, SHORT);
        return answer.body().path("status").path("id").asText().equals("COMPLETED");
    }

    /** Cancels a job; its newest checkpoint stays. */
    public void cancel(String jobId) throws IOException {
        checked(http.patch("/jobs/" + jobId + "?mode=cancel", SHORT), "cancelling job " + jobId);
    }

    /** The cluster understood the request and will not do it, now or later. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        private final boolean inRestore;

        RefusedException(String message, boolean inRestore) {
            super(message);
            this.inRestore = inRestore;
        }

        /** Whether the checkpoint or savepoint to start from could not be read. */
        public boolean inRestore() {
            return inRestore;
        }
    }

    private static boolean inRestore(String trace) {
        return RESTORING.stream().anyMatch(trace::contains);
    }

    private static Answer checked(Answer answer, String what) throws IOException {
        if (answer.ok()) {
            return answer;
        }
        String reason = answer.body().path("errors").path(0).asText("");
        String detail = answer.body().path("errors").path(1).asText(reason);
        String cause = detail.lines()
                .filter(line -> line.contains("Caused by: "))
                .reduce((first, line) -> line)
                .orElse(reason);
        String message = what + " failed: HTTP " + answer.status() + " " + cause.strip();
        throw answer.status() == 400 ? new RefusedException(message, inRestore(detail)) : new IOException(message);
    }
}
