package dev.freshet.ingest.materialize;

import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.VectorSum;
import dev.freshet.core.revision.ChunkPlacement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** Keeps the sum of a document's vectors without reading the chunks that stay: a small edit of a long document reads what it removes. */
final class VectorSums {
    private final MapState<String, StoredChunk> chunks;

    /** @param chunks of the document of the current key */
    VectorSums(MapState<String, StoredChunk> chunks) {
        this.chunks = chunks;
    }

    /** Of all chunks of a document, which were read for another purpose. */
    static VectorSum of(List<ChunkDocument> all) {
        VectorSum.Sums sums = new VectorSum.Sums(VectorSum.NONE);
        all.forEach(chunk -> sums.add(chunk.vector(), 1));
        return sums.sum();
    }

    /** As it is stored, or else from all chunks of the document. */
    VectorSum of(StoredDocument document) throws Exception {
        if (document.vectors() != null) {
            return document.vectors();
        }
        VectorSum.Sums sums = new VectorSum.Sums(VectorSum.NONE);
        for (var chunk : timesByHash(document.manifest()).entrySet()) {
            sums.add(stored(chunk.getKey()), chunk.getValue());
        }
        return sums.sum();
    }

    /**
     * The sum after a change, asked for while the state still has the chunks of before.
     *
     * @param manifest of after
     * @param fresh the chunks that come with the change; one may take the place of a stored one
     */
    VectorSum moved(StoredDocument before, List<ChunkPlacement> manifest, Map<String, StoredChunk> fresh)
            throws Exception {
        Map<String, Integer> after = timesByHash(manifest);
        VectorSum.Sums sums = new VectorSum.Sums(of(before));
        for (var chunk : timesByHash(before.manifest()).entrySet()) {
            String hash = chunk.getKey();
            int more = (fresh.containsKey(hash) ? 0 : after.getOrDefault(hash, 0)) - chunk.getValue();
            if (more != 0) {
                sums.add(stored(hash), more);
            }
        }
        fresh.forEach((hash, chunk) -> sums.add(chunk.vector(), after.getOrDefault(hash, 0)));
        return sums.sum();
    }

    private float @Nullable [] stored(String hash) throws Exception {
        StoredChunk chunk = chunks.get(hash);
        return chunk == null ? null : chunk.vector();
    }

    private static Map<String, Integer> timesByHash(List<ChunkPlacement> manifest) {
        Map<String, Integer> times = HashMap.newHashMap(manifest.size());
        manifest.forEach(placement -> times.merge(placement.chunkHash(), 1, Integer::sum));
        return times;
    }
}
