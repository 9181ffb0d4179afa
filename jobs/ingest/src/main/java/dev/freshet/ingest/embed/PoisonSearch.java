package dev.freshet.ingest.embed;

import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.embed.BatchRefusedException;
import dev.freshet.core.embed.EmbedOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Embeds one batch. What is refused is halved until the text that is at fault stands alone; but first a harmless text must be embedded,
 * or else everything would be taken for poison when only an option is wrong.
 */
final class PoisonSearch {
    static final Passage HARMLESS = new Passage("water", 1);

    private final Function<List<Passage>, CompletableFuture<List<EmbedOutcome>>> request;
    /** Whether the harmless text is embedded, once somebody has asked. */
    private @Nullable CompletableFuture<List<EmbedOutcome>> harmless;

    /** @param request fails with {@link BatchRefusedException} where a batch is refused */
    PoisonSearch(Function<List<Passage>, CompletableFuture<List<EmbedOutcome>>> request) {
        this.request = request;
    }

    /** One outcome for each passage, in their order. */
    CompletableFuture<List<EmbedOutcome>> embed(List<Passage> batch) {
        return request.apply(batch).exceptionallyCompose(failure -> {
            Throwable cause = AsyncFailure.cause(failure);
            return cause instanceof BatchRefusedException refused
                    ? harmlessPasses().thenCompose(passed -> divide(batch, refused))
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private CompletableFuture<List<EmbedOutcome>> divide(List<Passage> batch, BatchRefusedException refused) {
        if (batch.size() == 1) {
            return CompletableFuture.completedFuture(List.of(refused.ofSingleText()));
        }
        int middle = batch.size() / 2;
        return embed(batch.subList(0, middle))
                .thenCombine(
                        embed(batch.subList(middle, batch.size())),
                        (first, second) ->
                                Stream.concat(first.stream(), second.stream()).toList());
    }

    private synchronized CompletableFuture<List<EmbedOutcome>> harmlessPasses() {
        if (harmless == null) {
            harmless = request.apply(List.of(HARMLESS)).exceptionallyCompose(failure -> {
                Throwable cause = AsyncFailure.cause(failure);
                return CompletableFuture.failedFuture(
                        cause instanceof BatchRefusedException refused ? refused.ofHarmlessWord() : cause);
            });
        }
        return harmless;
    }
}
