package dev.freshet.core.rank;

import dev.freshet.core.search.FoundChunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds chunks that say the same. Which pairs come into question is told by the keys that near-duplicates have in common
 * ({@link dev.freshet.core.describe.NearDuplicateKeys}); whether they are near enough, by their vectors.
 */
public final class Duplicates {
    private final Map<String, List<Ranked>> byKey = new HashMap<>();
    private final Map<Embedded, Ranked> byText = new HashMap<>();
    private final double above;
    private final Map<String, float[]> vectors;

    /** What is embedded of a chunk: where it is equal, so are the vectors. */
    private record Embedded(@Nullable String title, List<String> headingPath, String text) {
        static Embedded of(FoundChunk chunk) {
            return new Embedded(chunk.title(), chunk.headingPath(), chunk.text());
        }
    }

    /**
     * For one list of hits.
     *
     * @param above the cosine above which two chunks are the same hit
     * @param vectors by chunk id, of length 1
     */
    Duplicates(double above, Map<String, float[]> vectors) {
        this.above = above;
        this.vectors = vectors;
    }

    /** The ids of chunks that share a key with another: their vectors decide. At most so many, the best first. */
    public static List<String> suspects(Collection<FoundChunk> bestFirst, int most) {
        Map<String, String> first = new HashMap<>();
        Set<String> suspects = new LinkedHashSet<>();
        for (FoundChunk chunk : bestFirst) {
            for (String key : chunk.chunkMetadata().nearDuplicateKeys()) {
                String other = first.putIfAbsent(key, chunk.chunkId());
                if (other != null && !other.equals(chunk.chunkId())) {
                    suspects.add(other);
                    suspects.add(chunk.chunkId());
                }
            }
        }
        return suspects.stream().limit(most).toList();
    }

    /** The hit that the chunk repeats; null where it is a hit of its own, and is from now on one that others may repeat. */
    @Nullable
    Ranked repeated(Ranked candidate) {
        FoundChunk chunk = candidate.chunk();
        Ranked same = byText.putIfAbsent(Embedded.of(chunk), candidate);
        if (same != null) {
            return same;
        }
        List<String> keys = chunk.chunkMetadata().nearDuplicateKeys();
        for (String key : keys) {
            for (Ranked other : byKey.getOrDefault(key, List.of())) {
                if (cosine(other.chunk().chunkId(), chunk.chunkId()) > above) {
                    return other;
                }
            }
        }
        keys.forEach(
                key -> byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(candidate));
        return null;
    }

    private double cosine(String one, String other) {
        float[] a = vectors.get(one);
        float[] b = vectors.get(other);
        return a == null || b == null ? -1 : Vectors.cosine(a, b);
    }
}
