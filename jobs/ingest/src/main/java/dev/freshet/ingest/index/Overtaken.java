package dev.freshet.ingest.index;

import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.AlreadyNewer;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.ingest.materialize.IndexUpdate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes of one document that the index did not take because it held something newer, written by an attempt of the job that ended in a
 * crash. This attempt comes to where that one was, perhaps on another way: with the next update of the document, whose fence is higher,
 * what is missing by then is written, and what is left over is removed.
 *
 * @param puts chunks that the index may lack
 * @param deletes ids of chunks that the index may have too many
 */
public record Overtaken(List<ChunkDocument> puts, List<String> deletes) {
    public Overtaken {
        puts = puts == null ? List.of() : puts;
        deletes = deletes == null ? List.of() : deletes;
    }

    /** Those among the writes of an update. */
    static Overtaken in(List<IndexWrite> writes, List<WriteOutcome> outcomes) {
        Map<String, ChunkDocument> puts = new LinkedHashMap<>();
        Set<String> deletes = new LinkedHashSet<>();
        for (int i = 0; i < writes.size(); i++) {
            if (outcomes.get(i) instanceof AlreadyNewer) {
                add(writes.get(i), puts, deletes);
            }
        }
        return new Overtaken(List.copyOf(puts.values()), List.copyOf(deletes));
    }

    private static void add(IndexWrite write, Map<String, ChunkDocument> puts, Set<String> deletes) {
        switch (write) {
            case IndexWrite.PutChunk(ChunkDocument chunk) -> puts.put(chunk.id(), chunk);
            case IndexWrite.DeleteChunk(String chunkId, long fence) -> deletes.add(chunkId);
            case IndexWrite.ForGeneration(String generation, IndexWrite inner) -> add(inner, puts, deletes);
            case IndexWrite.PutDocument entry -> {
                // Every update has the whole entry.
            }
            case IndexWrite.DeleteDocument entry -> {
                // The same.
            }
        }
    }

    int size() {
        return puts.size() + deletes.size();
    }

    /** These and those, of the same document. */
    Overtaken and(Overtaken others) {
        Map<String, ChunkDocument> allPuts = new LinkedHashMap<>();
        puts.forEach(chunk -> allPuts.put(chunk.id(), chunk));
        others.puts.forEach(chunk -> allPuts.put(chunk.id(), chunk));
        Set<String> allDeletes = new LinkedHashSet<>(deletes);
        allDeletes.addAll(others.deletes);
        return new Overtaken(List.copyOf(allPuts.values()), List.copyOf(allDeletes));
    }

    /** The update, with the writes that make these good as the document is after it. */
    IndexUpdate laidOver(IndexUpdate update) {
        DocumentEntry entry = update.entry();
        Set<String> placed = entry == null
                ? Set.of()
                : entry.manifest().stream().map(ChunkPlacement::chunkId).collect(Collectors.toSet());
        Map<String, ChunkDocument> allPuts = new LinkedHashMap<>();
        Set<String> allDeletes = new LinkedHashSet<>(update.deletes());
        for (ChunkDocument chunk : puts) {
            if (entry != null && placed.contains(chunk.id())) {
                allPuts.put(chunk.id(), chunk.of(update.fence(), entry.fields()));
            } else {
                allDeletes.add(chunk.id());
            }
        }
        deletes.stream().filter(id -> !placed.contains(id)).forEach(allDeletes::add);
        update.puts().forEach(chunk -> allPuts.put(chunk.id(), chunk));
        return update.with(new ArrayList<>(allPuts.values()), new ArrayList<>(allDeletes));
    }
}
