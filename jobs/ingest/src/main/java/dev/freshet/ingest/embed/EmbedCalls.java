package dev.freshet.ingest.embed;

import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.embed.BatchRefusedException;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderUnavailableException;
import dev.freshet.core.govern.Governor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to the embedder when the governor lets them leave, and again for as long as the embedder is unavailable: an outage
 * pauses the stream, it does not lose a document.
 */
final class EmbedCalls {
    private static final Logger LOG = LoggerFactory.getLogger(EmbedCalls.class);

    private static final List<String> HARMLESS = List.of("water");

    private final Embedder embedder;
    private final Governor governor;
    private final EmbedMetrics metrics;

    EmbedCalls(Embedder embedder, Governor governor, EmbedMetrics metrics) {
        this.embedder = embedder;
        this.governor = governor;
        this.metrics = metrics;
    }

    /** One outcome for each passage, in their order. */
    CompletableFuture<List<EmbedOutcome>> send(List<Passage> batch) {
        return new PoisonSearch(this::request, this::harmless).embed(batch);
    }

    /** Until a harmless word is embedded. */
    private CompletableFuture<List<EmbedOutcome>> harmless() {
        return governor.admit(1).thenCompose(permit -> attempt(permit, this::embedHarmless, 1, 1));
    }

    private CompletableFuture<List<EmbedOutcome>> embedHarmless() {
        return embedder.embedPassages(HARMLESS).exceptionallyCompose(failure -> {
            Throwable cause = AsyncFailure.cause(failure);
            return CompletableFuture.failedFuture(
                    cause instanceof BatchRefusedException refused ? refused.ofHarmlessWord() : cause);
        });
    }

    /** One request, until it is answered; fails with {@link BatchRefusedException} when that answer is no. */
    private CompletableFuture<List<EmbedOutcome>> request(List<Passage> batch) {
        List<String> texts = batch.stream().map(Passage::text).toList();
        long estimate = batch.stream().mapToLong(Passage::tokens).sum();
        return governor.admit(estimate)
                .thenCompose(permit -> attempt(permit, () -> embedder.embedPassages(texts), estimate, 1));
    }

    private CompletableFuture<List<EmbedOutcome>> attempt(
            Governor.Permit permit,
            Supplier<CompletableFuture<List<EmbedOutcome>>> request,
            long estimate,
            int attempts) {
        return sent(request)
                .whenComplete((outcomes, failure) -> end(permit, outcomes, failure))
                .exceptionallyCompose(failure -> {
                    Throwable cause = AsyncFailure.cause(failure);
                    if (!(cause instanceof EmbedderUnavailableException)) {
                        return CompletableFuture.failedFuture(cause);
                    }
                    metrics.retried();
                    LOG.warn(
                            "Embedding was put off: attempt={} tokens={} reason={}",
                            attempts,
                            estimate,
                            cause.getMessage());
                    return governor.admitAgain(estimate, attempts)
                            .thenCompose(next -> attempt(next, request, estimate, attempts + 1));
                });
    }

    private static CompletableFuture<List<EmbedOutcome>> sent(Supplier<CompletableFuture<List<EmbedOutcome>>> request) {
        try {
            return request.get();
        } catch (RuntimeException | Error e) {
            // Whatever it was, the permit must end.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What was answered is paid, also when nobody waits for it any longer, or it is asked for again. */
    private void end(Governor.Permit permit, @Nullable List<EmbedOutcome> outcomes, @Nullable Throwable failure) {
        if (outcomes != null) {
            long tokens = outcomes.stream().mapToLong(EmbedCalls::tokens).sum();
            metrics.paid(tokens);
            permit.answered(tokens);
            return;
        }
        if (failure != null && AsyncFailure.cause(failure) instanceof EmbedderUnavailableException away) {
            if (away.isThrottled()) {
                permit.throttled(away.retryAfter());
            } else {
                permit.failed(away.retryAfter());
            }
            return;
        }
        permit.refused();
    }

    private static long tokens(EmbedOutcome outcome) {
        return outcome instanceof Embedded embedded ? embedded.tokens() : 0;
    }
}
