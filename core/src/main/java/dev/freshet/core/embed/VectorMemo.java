package dev.freshet.core.embed;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of texts that were embedded before, by {@link MemoKeys their keys}, also of texts that no document has any more: what was used least
 * recently is forgotten first. Safe for concurrent use.
 */
public final class VectorMemo {
    /** What an entry takes beside the floats: its key, and the nodes and headers around both. */
    private static final int AROUND = 200;

    private final long mostBytes;
    private final Map<String, Embedded> vectors = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param mostBytes that the vectors take, about; 0 to remember none */
    public VectorMemo(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Null where the text is not remembered. */
    public synchronized @Nullable Embedded get(String key) {
        return vectors.get(key);
    }

    public synchronized void put(String key, Embedded embedded) {
        Embedded before = vectors.put(key, embedded);
        bytes += size(embedded) - (before == null ? 0 : size(before));
        Iterator<Embedded> eldest = vectors.values().iterator();
        while (bytes > mostBytes && eldest.hasNext()) {
            bytes -= size(eldest.next());
            eldest.remove();
        }
    }

    /** What the vectors take, about. */
    public synchronized long bytes() {
        return bytes;
    }

    private static long size(Embedded embedded) {
        return AROUND
                + (long) Float.BYTES * embedded.vector().length
                + (embedded.tokenVectors() == null ? 0 : embedded.tokenVectors().length);
    }
}
