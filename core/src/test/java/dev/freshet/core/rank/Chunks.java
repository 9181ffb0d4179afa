package dev.freshet.core.rank;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.fuse.Fused;
import dev.freshet.core.fuse.ListScore;
import dev.freshet.core.search.FoundChunk;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Chunks for tests of what becomes of them. */
final class Chunks {
    private Chunks() {}

    static FoundChunk chunk(String id, String document, String text, String... nearDuplicateKeys) {
        return new FoundChunk(
                id,
                document,
                null,
                List.of(),
                text,
                null,
                "{}",
                null,
                1,
                new ChunkMetadata(List.of(), 1, "", "", List.of(), List.of(nearDuplicateKeys)),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static Fused<FoundChunk> fused(String id, double score) {
        return new Fused<>(
                id,
                chunk(id, "document of " + id, "text of " + id),
                score,
                Map.of("vector", new ListScore(1, 0.5, 1)),
                0);
    }

    static Ranked ranked(FoundChunk chunk, double score) {
        return new Ranked(chunk, score, new Ranked.Numbers(Map.of(), 0, score, Double.NaN, 0), List.of());
    }

    static List<String> ids(List<Ranked> hits) {
        return hits.stream().map(hit -> hit.chunk().chunkId()).toList();
    }
}
