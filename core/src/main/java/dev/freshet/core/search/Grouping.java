package dev.freshet.core.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cuts a fused order into hits. */
public final class Grouping {
    private Grouping() {}

    /** The first {@code k} hits: chunks, or the best chunk of each document. */
    public static List<FusedChunk> top(List<FusedChunk> fused, GroupBy groupBy, int k) {
        return switch (groupBy) {
            case CHUNK -> fused.stream().limit(k).toList();
            case DOCUMENT -> {
                Set<String> seen = new HashSet<>();
                yield fused.stream()
                        .filter(chunk -> seen.add(chunk.chunk().documentId()))
                        .limit(k)
                        .toList();
            }
        };
    }
}
