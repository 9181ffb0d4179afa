package dev.freshet.ingest.index;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.ingest.rebuild.RebuildMarker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that the index has acknowledged, a document that it has acknowledged again, or a marker behind these.
 *
 * @param receipt null where nothing is to be reported
 * @param refused writes that the index will never take
 * @param marker null unless it is one
 */
public record IndexedChange(
        @Nullable ChangeReceipt receipt,
        List<DeadLetter> refused,
        @Nullable RebuildMarker marker) {
    static IndexedChange end(RebuildMarker marker) {
        return new IndexedChange(null, List.of(), marker);
    }

    boolean isSilent() {
        return receipt == null && refused.isEmpty() && marker == null;
    }
}
