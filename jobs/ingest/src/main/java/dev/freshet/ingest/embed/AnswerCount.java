package dev.freshet.ingest.embed;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.ModelIdentity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * Counts the tokens of everything that an embedder answers, also of what comes too late to be used or is asked for again: all of it is paid.
 *
 * @param answered gets the tokens of every answer
 */
record AnswerCount(Embedder embedder, LongConsumer answered) implements Embedder {
    @Override
    public ModelIdentity identity() {
        return embedder.identity();
    }

    @Override
    public CompletableFuture<List<EmbedOutcome>> embedPassages(List<String> passages) {
        CompletableFuture<List<EmbedOutcome>> answer = embedder.embedPassages(passages);
        var unused = answer.thenAccept(outcomes ->
                answered.accept(outcomes.stream().mapToLong(AnswerCount::tokens).sum()));
        // Whoever gives up waiting does not keep the answer from being counted.
        return answer.copy();
    }

    private static long tokens(EmbedOutcome outcome) {
        return outcome instanceof Embedded embedded ? embedded.tokens() : 0;
    }

    @Override
    public CompletableFuture<float[]> embedQuery(String query) {
        return embedder.embedQuery(query);
    }

    @Override
    public void close() {
        embedder.close();
    }
}
