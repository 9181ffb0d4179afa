package dev.freshet.ingest.embed;

import dev.freshet.core.batch.AsyncFailure;
import dev.freshet.core.embed.BatchRefusedException;
import dev.freshet.core.embed.EmbedOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Embeds one batch. What is refused is halved until the text that is at fault stands alone; but first a harmless text must be embedded,
 * or else everything would be taken for poison when only an option is wrong.
 */
final class PoisonSearch {
    /** A model that makes no vector of a text does so every time; one that only stumbled does not. */
    private static final int TRIES_OF_A_SINGLE_TEXT = 3;

    private final Function<List<Passage>, CompletableFuture<List<EmbedOutcome>>> request;
    private final Supplier<CompletableFuture<?>> harmless;
    /** Whether the harmless text is embedded, once somebody has asked. */
    private @Nullable CompletableFuture<?> passes;

    /**
     * @param request embeds a batch; fails with {@link BatchRefusedException} where it is refused
     * @param harmless embeds a text that cannot be at fault; fails when that will never be
     */
    PoisonSearch(
            Function<List<Passage>, CompletableFuture<List<EmbedOutcome>>> request,
            Supplier<CompletableFuture<?>> harmless) {
        this.request = request;
        this.harmless = harmless;
    }

    /** One outcome for each passage, in their order. */
    CompletableFuture<List<EmbedOutcome>> embed(List<Passage> batch) {
        return embed(batch, 1);
    }

    private CompletableFuture<List<EmbedOutcome>> embed(List<Passage> batch, int tries) {
        return request.apply(batch).exceptionallyCompose(failure -> {
            Throwable cause = AsyncFailure.cause(failure);
            return cause instanceof BatchRefusedException refused
                    ? harmlessPasses().thenCompose(passed -> divide(batch, refused, tries))
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private CompletableFuture<List<EmbedOutcome>> divide(
            List<Passage> batch, BatchRefusedException refused, int tries) {
        if (batch.size() == 1) {
            return refused.isDeliberate() || tries == TRIES_OF_A_SINGLE_TEXT
                    ? CompletableFuture.completedFuture(List.of(refused.ofSingleText()))
                    : embed(batch, tries + 1);
        }
        int middle = batch.size() / 2;
        return embed(batch.subList(0, middle))
                .thenCombine(
                        embed(batch.subList(middle, batch.size())),
                        (first, second) ->
                                Stream.concat(first.stream(), second.stream()).toList());
    }

    private synchronized CompletableFuture<?> harmlessPasses() {
        if (passes == null) {
            passes = harmless.get();
        }
        return passes;
    }
}
