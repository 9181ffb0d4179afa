package dev.freshet.ingest.fetch;

import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.extract.FrontMatter;
import dev.freshet.core.extract.ReadContent;
import dev.freshet.core.retry.Backoff;
import dev.freshet.ingest.deadletter.ChangeOrLetter;
import dev.freshet.ingest.fetch.ContentOutcome.Content;
import dev.freshet.ingest.fetch.ContentOutcome.Refused;
import dev.freshet.ingest.fetch.ContentOutcome.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads content on threads of its own, again while it is unavailable, until the deadline of the change. Every attempt has
 * a deadline as well.
 */
final class FetchCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FetchCalls.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

    private final ContentReader reader;
    private final FetchSettings settings;
    private final FetchMetrics metrics;
    private final ExecutorService threads;
    private final ScheduledExecutorService scheduler;
    private final Map<Long, CompletableFuture<ChangeOrLetter>> open = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();

    /** @param parallelism most attempts at a time */
    FetchCalls(ContentReader reader, FetchSettings settings, int parallelism, FetchMetrics metrics) {
        this.reader = reader;
        this.settings = settings;
        this.metrics = metrics;
        this.threads = Executors.newFixedThreadPool(
                parallelism, Thread.ofPlatform().name("fetch-", 0).daemon().factory());
        this.scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("fetch-retry").daemon().factory());
    }

    /** @param deadline by {@link System#nanoTime} */
    private record Call(
            DocumentChange change,
            ContentReference reference,
            ContentUri uri,
            long deadline,
            CompletableFuture<ChangeOrLetter> done) {}

    /** Completes with the change and its text, or with a dead letter. */
    CompletableFuture<ChangeOrLetter> fetch(DocumentChange change, ContentReference reference, ContentUri uri) {
        CompletableFuture<ChangeOrLetter> done = new CompletableFuture<>();
        long number = calls.incrementAndGet();
        open.put(number, done);
        var unused = done.whenComplete((fetched, failure) -> open.remove(number));
        long deadline = System.nanoTime() + settings.deadline().toNanos();
        attempt(new Call(change, reference, uri, deadline, done), 1);
        return done;
    }

    /** One future for all attempts: a chain of futures would grow with every one. */
    private void attempt(Call call, int attempts) {
        CompletableFuture<ContentOutcome> outcome = new CompletableFuture<>();
        try {
            Future<?> running = threads.submit(() -> outcome.complete(read(call.uri())));
            Future<?> timer = scheduler.schedule(
                    () -> {
                        if (outcome.complete(new Unavailable("it took longer than " + settings.callTimeout()))) {
                            running.cancel(true);
                        }
                    },
                    settings.callTimeout().toNanos(),
                    TimeUnit.NANOSECONDS);
            var unused = outcome.thenAccept(settled -> {
                        timer.cancel(false);
                        settle(call, attempts, settled);
                    })
                    .exceptionally(failure -> {
                        call.done().completeExceptionally(failure);
                        return null;
                    });
        } catch (RejectedExecutionException e) {
            // The stage is closing; its elements are in the checkpoint.
            call.done().completeExceptionally(e);
        }
    }

    /** Whatever a file system throws: one change that cannot be read is no reason to stop the job. */
    private ContentOutcome read(ContentUri uri) {
        try {
            return reader.read(uri);
        } catch (Exception e) {
            // Cut where a query might begin, should the words hold a URI.
            String words = String.valueOf(e.getMessage()).split("\\?", 2)[0];
            return new Unavailable(e.getClass().getSimpleName() + ": " + words);
        }
    }

    private void settle(Call call, int attempts, ContentOutcome outcome) {
        switch (outcome) {
            case Content(byte[] bytes) -> understand(call, attempts, bytes);
            case Refused(String reason, String message) -> refuse(call, attempts, reason, message);
            case Unavailable(String message) -> later(call, attempts, message);
        }
    }

    private void understand(Call call, int attempts, byte[] bytes) {
        if (!Checksum.matches(call.reference(), bytes)) {
            refuse(
                    call,
                    attempts,
                    "checksum_mismatch",
                    "the content has another SHA-256 than its reference says: "
                            + call.uri().shown());
            return;
        }
        DocumentChange change = call.change();
        DocumentFields fields = Objects.requireNonNull(change.fields(), "what refers to content is an upsert");
        switch (ReadContent.of(bytes, fields.contentType())) {
            case ReadContent.Text(String text) ->
                fetched(call, change.withText(FrontMatter.completed(fields, text), text), bytes);
            case ReadContent.Foreign() -> fetched(call, change.withContent(bytes), bytes);
            case ReadContent.Refused(String reason, String message) ->
                refuse(call, attempts, reason, message + ": " + call.uri().shown());
        }
    }

    private void fetched(Call call, DocumentChange complete, byte[] bytes) {
        metrics.fetched(bytes.length);
        call.done().complete(new ChangeOrLetter(complete, null));
    }

    private void refuse(Call call, int attempts, String reason, String message) {
        metrics.refused();
        call.done().complete(new ChangeOrLetter(null, deadLetter(call.change(), reason, message, attempts)));
    }

    private void later(Call call, int attempts, String message) {
        Duration pause = BACKOFF.after(attempts, ThreadLocalRandom.current());
        if (System.nanoTime() + pause.toNanos() - call.deadline() >= 0) {
            refuse(
                    call,
                    attempts,
                    "content_unavailable",
                    "the content of %s could not be read within %s; the last attempt: %s"
                            .formatted(call.uri().shown(), settings.deadline(), message));
            return;
        }
        metrics.retried();
        LOG.warn("Content was not read yet: attempt={} uri={} reason={}", attempts, call.uri(), message);
        try {
            var unused = scheduler.schedule(() -> attempt(call, attempts + 1), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            call.done().completeExceptionally(e);
        }
    }

    static DeadLetter deadLetter(DocumentChange change, String reason, String message, int attempts) {
        return new DeadLetter(
                DeadLetter.Scope.RECORD,
                change.position(),
                FetchStage.NAME,
                reason,
                message,
                attempts,
                Instant.now(),
                change.tenant(),
                change.documentId(),
                change.raw().key(),
                change.raw().value(),
                change.raw().headers());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        scheduler.shutdownNow();
        open.values().forEach(done -> done.completeExceptionally(new CancellationException("the stage was closed")));
    }
}
