package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.TextExtractor;
import dev.freshet.engines.extract.ExtractorProcess.Answer;
import dev.freshet.engines.extract.ExtractorProcess.Ending;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets processes of their own parse, one document at a time each: they are started when there is something to parse, and ended when a
 * document takes too long, or more memory than they have. What ends a process twice for no known reason is refused; other documents never
 * notice.
 */
public final class ForkedExtractor implements TextExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(ForkedExtractor.class);
    /** Callers bound what they wait for; this is for those that do not. */
    private static final int MOST_WAITING = 1000;

    private static final int ATTEMPTS = 2;

    private final ForkOptions options;
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService timer;
    private final Set<ExtractorProcess> running = ConcurrentHashMap.newKeySet();
    private final Map<Long, CompletableFuture<ExtractOutcome>> open = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final LinkedBlockingQueue<ExtractorProcess> idle = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    public ForkedExtractor(ForkOptions options) {
        this.options = options;
        this.threads = new ThreadPoolExecutor(
                options.processes(),
                options.processes(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("extract-", 0).factory());
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("extract-deadline").factory());
    }

    @Override
    public CompletableFuture<ExtractOutcome> extract(ForeignContent content) {
        ExtractLimits limits = options.limits();
        if (content.bytes().length > limits.bytes()) {
            return CompletableFuture.completedFuture(new Refused(
                    "too_large",
                    "the content has %d bytes; the limit is %d".formatted(content.bytes().length, limits.bytes())));
        }
        CompletableFuture<ExtractOutcome> done = new CompletableFuture<>();
        long number = calls.incrementAndGet();
        open.put(number, done);
        var unused = done.whenComplete((outcome, failure) -> open.remove(number));
        try {
            threads.execute(() -> {
                try {
                    done.complete(attempt(content));
                } catch (IOException | RuntimeException | Error e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private ExtractOutcome attempt(ForeignContent content) throws IOException {
        Ending last = Ending.CRASHED;
        for (int attempt = 1; attempt <= ATTEMPTS && last == Ending.CRASHED; attempt++) {
            ExtractorProcess process = process();
            switch (process.ask(content, options.limits().time())) {
                case Answer.Said(ExtractOutcome outcome) -> {
                    idle.add(process);
                    return outcome;
                }
                case Answer.Ended(Ending ending) -> {
                    last = ending;
                    end(process);
                    if (closed) {
                        throw new IOException("the extractor was closed");
                    }
                    LOG.warn("Process that makes text of files ended: ending={} attempt={}", ending, attempt);
                }
            }
        }
        return refused(last);
    }

    private Refused refused(Ending ending) {
        return switch (ending) {
            case LATE ->
                new Refused(
                        "extract_timeout",
                        "the content could not be read within %d seconds"
                                .formatted(options.limits().time().toSeconds()));
            case OUT_OF_MEMORY ->
                new Refused(
                        "too_much_memory",
                        "the content takes more than the %d megabytes that there are to read it"
                                .formatted(options.megabytes()));
            case CRASHED -> new Refused("extract_crashed", "reading the content ended the process that reads, twice");
        };
    }

    private ExtractorProcess process() throws IOException {
        ExtractorProcess waiting = idle.poll();
        if (waiting != null && waiting.isAlive()) {
            return waiting;
        }
        if (waiting != null) {
            end(waiting);
        }
        ExtractorProcess started = ExtractorProcess.start(options, timer);
        running.add(started);
        if (closed) {
            end(started);
            throw new IOException("the extractor was closed");
        }
        return started;
    }

    private void end(ExtractorProcess process) {
        running.remove(process);
        process.kill();
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        running.forEach(this::end);
        timer.shutdownNow();
        open.values().forEach(done -> done.completeExceptionally(new IOException("the extractor was closed")));
    }
}
