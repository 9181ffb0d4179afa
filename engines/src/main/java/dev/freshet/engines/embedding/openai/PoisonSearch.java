package dev.freshet.engines.embedding.openai;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedOutcome.Rejected;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.EmbedderUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Embeds the texts of one call. What is refused is halved until the text that is at fault stands alone; but first the
 * provider must embed a harmless text, or else everything would be taken for poison when only an option is wrong.
 */
final class PoisonSearch {
    static final List<String> HARMLESS = List.of("water");

    private final EmbeddingRequests requests;
    private final int dimension;
    /** Whether the provider embeds the harmless text, once somebody has asked. */
    private @Nullable CompletableFuture<Void> harmless;

    PoisonSearch(EmbeddingRequests requests, int dimension) {
        this.requests = requests;
        this.dimension = dimension;
    }

    /** One outcome for each text, in their order. */
    CompletableFuture<List<EmbedOutcome>> embed(List<String> texts) {
        return requests.send(texts, dimension).thenCompose(reply -> switch (reply) {
            case Reply.Vectors vectors -> CompletableFuture.completedFuture(outcomes(texts, vectors));
            case Reply.Refused refused -> harmlessPasses().thenCompose(passed -> divide(texts, refused));
            case Reply.Unavailable unavailable -> CompletableFuture.failedFuture(failure(unavailable));
            case Reply.Misconfigured misconfigured -> CompletableFuture.failedFuture(failure(misconfigured));
        });
    }

    private CompletableFuture<List<EmbedOutcome>> divide(List<String> texts, Reply.Refused refused) {
        if (texts.size() == 1) {
            return CompletableFuture.completedFuture(List.of(new Rejected(refused.reason(), refused.message())));
        }
        int middle = texts.size() / 2;
        return embed(texts.subList(0, middle))
                .thenCombine(
                        embed(texts.subList(middle, texts.size())),
                        (first, second) ->
                                Stream.concat(first.stream(), second.stream()).toList());
    }

    private synchronized CompletableFuture<Void> harmlessPasses() {
        if (harmless == null) {
            harmless = requests.send(HARMLESS, dimension).thenCompose(reply -> switch (reply) {
                case Reply.Vectors passed -> CompletableFuture.<Void>completedFuture(null);
                case Reply.Refused refused -> CompletableFuture.<Void>failedFuture(whateverIsSent(refused));
                case Reply.Unavailable unavailable -> CompletableFuture.<Void>failedFuture(failure(unavailable));
                case Reply.Misconfigured misconfigured -> CompletableFuture.<Void>failedFuture(failure(misconfigured));
            });
        }
        return harmless;
    }

    /** What it means when the provider does not embed the harmless text. */
    static RuntimeException whateverIsSent(Reply.Refused refused) {
        if (refused.byStatus()) {
            return new EmbedderMisconfiguredException(
                    refused.message()
                            + " to a single harmless word. Look at --embedder-model, and whether the model takes the other options, such as --embedder-shorten.");
        }
        String message = refused.message() + " for a single harmless word";
        return new EmbedderUnavailableException(message, new IOException(message));
    }

    static EmbedderUnavailableException failure(Reply.Unavailable unavailable) {
        Duration retryAfter = unavailable.retryAfter();
        return new EmbedderUnavailableException(unavailable.message(), retryAfter, unavailable.cause());
    }

    static EmbedderMisconfiguredException failure(Reply.Misconfigured misconfigured) {
        return new EmbedderMisconfiguredException(misconfigured.message());
    }

    /** The provider counts the tokens of a request, not of its texts: each gets its part by its length. */
    private static List<EmbedOutcome> outcomes(List<String> texts, Reply.Vectors vectors) {
        long weights = texts.stream().mapToLong(RequestLimits::about).sum();
        List<EmbedOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            int about = RequestLimits.about(texts.get(i));
            double part = vectors.tokens() == 0 ? about : (double) vectors.tokens() * about / weights;
            outcomes.add(new Embedded(vectors.vectors().get(i), (int) Math.max(1, Math.round(part))));
        }
        return outcomes;
    }
}
