package dev.freshet.bench;

import dev.freshet.bench.contender.Done;
import dev.freshet.bench.contender.Found;
import dev.freshet.bench.contender.Request;
import dev.freshet.bench.contender.Search;
import dev.freshet.bench.contender.Work;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.Project;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The process of another tool: requests go to its standard input, answers come back on its standard output. */
final class ContenderProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String ENDED = "";

    private final Process process;
    private final BufferedWriter requests;
    private final Path log;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ContenderProcess(Process process, Path log) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.log = log;
        Thread reader = new Thread(this::read, "answers-" + log.getFileName());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a tool with the memory that the other side's encoder has.
     *
     * @param module that it is built by
     * @param main its class
     * @param folder for its log and its caches
     * @param chunkTokens the size of its chunks, in its own measure
     */
    static ContenderProcess start(String module, String main, Path folder, URI openSearch, int chunkTokens)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve(module.replace('/', '-')));
        Path log = own.resolve("process.log");
        String java = ProcessHandle.current().info().command().orElse("java");
        String classPath = Project.around(Path.of("")).stagedClassPath(module, folder);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                java,
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                main,
                openSearch.toString(),
                Integer.toString(chunkTokens)));
        // Libraries of the tools fetch files and report home unless told otherwise.
        builder.environment()
                .putAll(Map.of(
                        "ORT_DISABLE_TELEMETRY", "1",
                        "OPT_OUT_TRACKING", "true",
                        "DJL_OFFLINE", "true",
                        "DJL_CACHE_DIR", own.toString()));
        File errors = log.toFile();
        return new ContenderProcess(builder.redirectError(errors).start(), log);
    }

    long pid() {
        return process.pid();
    }

    Done work(Work next) throws IOException {
        return ask(next, Done.class);
    }

    Found search(Search next) throws IOException {
        return ask(next, Found.class);
    }

    private <T> T ask(Request next, Class<T> kind) throws IOException {
        requests.write(Json.MAPPER.writeValueAsString(next));
        requests.newLine();
        requests.flush();
        try {
            String answer = answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null || answer.equals(ENDED)) {
                throw new IOException("%s; see %s"
                        .formatted(
                                answer == null ? "no answer for " + PATIENCE.toMinutes() + " min" : "it ended", log));
            }
            return Json.MAPPER.readValue(answer, kind);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a tool was at work", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            // The process is gone; so says the end.
        }
        answers.add(ENDED);
    }

    @Override
    public void close() throws IOException {
        try (requests) {
            process.destroy();
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
