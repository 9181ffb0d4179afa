package dev.freshet.bench;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Embeds texts as fast as the encoder can: always enough batches under way, and nothing done with the vectors. */
final class BareEncoder {
    private static final int BATCH_TEXTS = 64;
    private static final int BATCHES_UNDER_WAY = 4;

    private final Embedder embedder;

    BareEncoder(Embedder embedder) {
        this.embedder = embedder;
    }

    /** The tokens that the encoder read. */
    long embed(List<String> texts) {
        Deque<CompletableFuture<List<EmbedOutcome>>> underWay = new ArrayDeque<>();
        long tokens = 0;
        for (int from = 0; from < texts.size(); from += BATCH_TEXTS) {
            if (underWay.size() == BATCHES_UNDER_WAY) {
                tokens += tokens(underWay.removeFirst());
            }
            underWay.addLast(embedder.embedPassages(texts.subList(from, Math.min(texts.size(), from + BATCH_TEXTS))));
        }
        while (!underWay.isEmpty()) {
            tokens += tokens(underWay.removeFirst());
        }
        return tokens;
    }

    private static long tokens(CompletableFuture<List<EmbedOutcome>> batch) {
        long tokens = 0;
        for (EmbedOutcome outcome : batch.join()) {
            tokens += outcome instanceof EmbedOutcome.Embedded embedded ? embedded.tokens() : 0;
        }
        return tokens;
    }
}
