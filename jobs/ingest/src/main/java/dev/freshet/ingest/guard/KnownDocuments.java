package dev.freshet.ingest.guard;

import dev.freshet.core.document.DocumentChange;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;

/** The documents of the current tenant: the live ones, and for a time those that are gone or were only patched yet. */
final class KnownDocuments {
    private final MapState<String, KnownDocument> live;
    private final MapState<String, KnownDocument> gone;

    /** @param tombstoneTtl how long documents are remembered that are not live */
    KnownDocuments(RuntimeContext context, Duration tombstoneTtl) {
        live = context.getMapState(new MapStateDescriptor<>("live", String.class, KnownDocument.class));
        MapStateDescriptor<String, KnownDocument> expiring =
                new MapStateDescriptor<>("gone", String.class, KnownDocument.class);
        expiring.enableTimeToLive(StateTtlConfig.newBuilder(tombstoneTtl).build());
        gone = context.getMapState(expiring);
    }

    boolean isLive(String id) throws Exception {
        return live.contains(id);
    }

    KnownDocument get(String id) throws Exception {
        KnownDocument document = live.get(id);
        if (document == null) {
            document = gone.get(id);
        }
        return document == null ? KnownDocument.UNKNOWN : document;
    }

    void putLive(String id, KnownDocument document) throws Exception {
        live.put(id, document);
        gone.remove(id);
    }

    void putGone(String id, KnownDocument document) throws Exception {
        gone.put(id, document);
        live.remove(id);
    }

    /** How many live documents fall to the delete by filter. */
    long count(DocumentChange deleteByFilter) throws Exception {
        long count = 0;
        for (Map.Entry<String, KnownDocument> entry : live.entries()) {
            count += entry.getValue().fallsTo(deleteByFilter, entry.getKey()) ? 1 : 0;
        }
        return count;
    }

    /** Moves every live document that falls to the delete by filter to those that are gone, and names each; returns their number. */
    long remove(DocumentChange deleteByFilter, Consumer<String> removed) throws Exception {
        long count = 0;
        long fence = deleteByFilter.order().fence();
        // Not collected first: they may be millions.
        for (Iterator<Map.Entry<String, KnownDocument>> entries = live.iterator(); entries.hasNext(); ) {
            Map.Entry<String, KnownDocument> entry = entries.next();
            String id = entry.getKey();
            KnownDocument document = entry.getValue();
            if (document.fallsTo(deleteByFilter, id)) {
                gone.put(id, document.replaced(fence, List.of()));
                entries.remove();
                removed.accept(id);
                count++;
            }
        }
        return count;
    }
}
