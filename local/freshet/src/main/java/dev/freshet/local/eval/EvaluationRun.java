package dev.freshet.local.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.flink.FlinkRest;
import dev.freshet.local.flink.FlinkRest.Failure;
import dev.freshet.local.flink.FlinkRest.JobStatus;
import dev.freshet.local.flink.FlinkRest.Submission;
import dev.freshet.local.http.JsonHttp;
import dev.freshet.local.ingest.IngestReport;
import dev.freshet.local.ingest.Ingestion;
import dev.freshet.local.lifecycle.RunningStack;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.ProgressBar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates retrieval on one BEIR folder with the evaluation job. */
final class EvaluationRun {

    private static final Duration COUNT_DEADLINE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workspace workspace;
    private final RunningStack stack;
    private final Path folder;
    private final String tenant;

    EvaluationRun(Workspace workspace, RunningStack stack, Path folder, String tenant) {
        this.workspace = workspace;
        this.stack = stack;
        this.folder = folder.toAbsolutePath().normalize();
        this.tenant = tenant;
    }

    /** Brings in the corpus when not all of it is there yet; empty when it was. */
    Optional<IngestReport> ingestIfNeeded() throws IOException, InterruptedException {
        return indexed() >= documents() ? Optional.empty() : Optional.of(ingest());
    }

    private IngestReport ingest() throws IOException, InterruptedException {
        return new Ingestion(stack, workspace.terminal()).beir(folder, tenant);
    }

    /** Runs the job and returns its report. */
    JsonNode evaluate(List<String> arguments, Path output, Duration deadline) throws IOException, InterruptedException {
        Files.createDirectories(output.getParent());
        Files.deleteIfExists(output);
        Path jar = workspace.project().evalJob();
        if (!Files.isRegularFile(jar)) {
            throw new StackException("jobs/eval is not built: " + jar + " is missing");
        }
        FlinkRest flink = new FlinkRest(stack.flink());
        // It ends by itself within minutes: running it again is cheaper than checkpoints.
        Map<String, String> configuration = Map.of("execution.checkpointing.interval", "1 d");
        String job = flink.submit(jar, new Submission(arguments, Optional.empty(), configuration));
        await(flink, job, deadline);
        return JSON.readTree(Files.readAllBytes(output));
    }

    private void await(FlinkRest flink, String job, Duration deadline) throws IOException, InterruptedException {
        long started = System.nanoTime();
        try (ProgressBar bar = new ProgressBar(workspace.terminal(), "Evaluating, seconds")) {
            while (System.nanoTime() - started < deadline.toNanos()) {
                Optional<JobStatus> status = flink.job(job);
                if (status.isEmpty() || status.get().ended()) {
                    ended(flink, job, status.map(JobStatus::state).orElse("LOST"));
                    return;
                }
                bar.show(
                        (System.nanoTime() - started) / 1_000_000_000L,
                        0,
                        status.get().state());
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        flink.cancel(job);
        throw new StackException("the evaluation did not end within " + deadline.toSeconds() + " s and was cancelled");
    }

    private static void ended(FlinkRest flink, String job, String state) throws IOException {
        if (!state.equals("FINISHED")) {
            throw new StackException("the evaluation job is " + state + ": "
                    + flink.failure(job).map(Failure::cause).orElse("see freshet logs jobmanager"));
        }
    }

    private long documents() throws IOException {
        try (var lines = Files.lines(folder.resolve("corpus.jsonl"))) {
            return lines.filter(line -> !line.isBlank()).count();
        }
    }

    private long indexed() throws IOException {
        Map<String, Object> query = Map.of("query", Map.of("term", Map.of("tenant", tenant)));
        JsonHttp.Answer answer = new JsonHttp(stack.openSearch())
                .post("/freshet-documents/_count?ignore_unavailable=true", query, COUNT_DEADLINE);
        return answer.body().path("count").asLong(0);
    }
}
