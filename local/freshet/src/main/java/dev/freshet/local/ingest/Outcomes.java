package dev.freshet.local.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up what became of the changes. */
final class Outcomes {

    private final Map<String, Long> byOutcome = new TreeMap<>();
    private final Map<String, Long> deadByReason = new TreeMap<>();
    private final Map<String, Long> liveChunks = new HashMap<>();
    private final Set<String> documents = new HashSet<>();
    private long chunksAdded;
    private long chunksKept;
    private long chunksEmbedded;
    private long tokensEmbedded;
    private long rejectedChunks;

    /** One record of index-changes. */
    void applied(JsonNode change) {
        byOutcome.merge(change.path("outcome").asText("unknown"), 1L, Long::sum);
        String document =
                change.path("tenant").asText() + "/" + change.path("id").asText();
        documents.add(document);
        if (!change.path("outcome").asText().equals("superseded")) {
            liveChunks.put(document, change.path("chunks").asLong());
        }
        chunksAdded += change.path("chunks_added").asLong();
        chunksKept += change.path("chunks_kept").asLong();
        chunksEmbedded += change.path("chunks_embedded").asLong();
        tokensEmbedded += change.path("tokens_embedded").asLong();
    }

    /** One dead letter of a whole record. */
    void deadLetter(JsonNode letter) {
        deadByReason.merge(letter.path("reason").asText("unknown"), 1L, Long::sum);
    }

    /** One dead letter of a chunk that is searchable by its words only. */
    void rejectedChunk() {
        rejectedChunks++;
    }

    long count(String outcome) {
        return byOutcome.getOrDefault(outcome, 0L);
    }

    long deadLetters() {
        return deadByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> deadLettersByReason() {
        return Map.copyOf(deadByReason);
    }

    long documents() {
        return documents.size();
    }

    /** Live chunks of the documents that changed. */
    long chunks() {
        return liveChunks.values().stream().mapToLong(Long::longValue).sum();
    }

    long chunksEmbedded() {
        return chunksEmbedded;
    }

    /** Chunks of the new versions that needed no embedding. */
    long chunksReused() {
        return Math.max(0, chunksAdded + chunksKept - chunksEmbedded - rejectedChunks);
    }

    long chunksRejected() {
        return rejectedChunks;
    }

    long tokensEmbedded() {
        return tokensEmbedded;
    }
}
