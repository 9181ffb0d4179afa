package dev.freshet.ingest.guard;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The fold of the current tenant's changes, as far as the guard has to know it: which documents live, what filters can ask of them, and how
 * many there were. As everywhere, the newest change of a document wins, in whatever order the changes arrive.
 */
final class TenantDocuments {
    private final GuardLimits limits;
    private final KnownDocuments documents;
    private final RememberedFilters filters;
    private final ValueState<LiveDocuments> live;

    /** @param tombstoneTtl how long deletes and filters are remembered for changes that arrive late */
    TenantDocuments(RuntimeContext context, GuardLimits limits, Duration tombstoneTtl) {
        this.limits = limits;
        documents = new KnownDocuments(context, tombstoneTtl);
        filters = new RememberedFilters(context, tombstoneTtl);
        live = context.getState(new ValueStateDescriptor<>("live-documents", LiveDocuments.class));
    }

    /** Takes in an upsert; returns the delete by filter that the document falls to at once, because it arrived late, or null. */
    @Nullable
    DocumentChange upserted(GuardEvent event, long now) throws Exception {
        KnownDocument known = documents.get(event.documentId());
        return event.fence() > known.fence()
                ? keep(event.documentId(), known.replaced(event.fence(), event.facets()), now)
                : null;
    }

    /** Takes in a patch of metadata; returns the delete by filter that the document falls to only with it, or null. */
    @Nullable
    DocumentChange patched(GuardEvent event, long now) throws Exception {
        String id = event.documentId();
        KnownDocument known = documents.get(id);
        if (event.fence() <= Math.max(known.fence(), known.patchFence())) {
            return null;
        }
        KnownDocument patched = known.patched(event.fence(), event.facets());
        if (documents.isLive(id)) {
            return keep(id, patched, now);
        }
        documents.putGone(id, patched);
        return null;
    }

    private @Nullable DocumentChange keep(String id, KnownDocument document, long now) throws Exception {
        boolean wasLive = documents.isLive(id);
        DocumentChange filter = filters.deleting(id, document, now);
        if (filter == null) {
            documents.putLive(id, document);
            count(wasLive ? 0 : 1, now);
        } else {
            documents.putGone(id, document.replaced(filter.order().fence(), List.of()));
            count(wasLive ? -1 : 0, now);
        }
        return filter;
    }

    /** How many live documents a delete or a delete by filter would cost. */
    long lostBy(DocumentChange change) throws Exception {
        if (change.operation() == Operation.DELETE_BY_FILTER) {
            return documents.count(change);
        }
        String id = change.documentId();
        boolean removes = documents.isLive(id)
                && change.order().fence() > documents.get(id).fence();
        return removes ? 1 : 0;
    }

    /** Takes in a delete. */
    void deleted(DocumentChange delete, long now) throws Exception {
        String id = delete.documentId();
        KnownDocument known = documents.get(id);
        long fence = delete.order().fence();
        if (fence > known.fence()) {
            count(documents.isLive(id) ? -1 : 0, now);
            documents.putGone(id, known.replaced(fence, List.of()));
        }
    }

    /** Takes in a delete by filter, remembers it, and names every document that falls to it; returns their number. */
    long deletedByFilter(DocumentChange filter, Consumer<String> deleted, long now) throws Exception {
        long matches = documents.remove(filter, deleted);
        count(-matches, now);
        filters.remember(filter, now);
        return matches;
    }

    long live() throws IOException {
        return counted().now();
    }

    /** The most live documents inside the window. */
    long most(long now) throws IOException {
        return counted().most(limits.part(now));
    }

    /** Begins the window anew. */
    void forgetPast() throws IOException {
        live.update(counted().withoutPast());
    }

    private void count(long by, long now) throws IOException {
        if (by != 0) {
            live.update(counted().changed(by, limits.part(now)));
        }
    }

    private LiveDocuments counted() throws IOException {
        LiveDocuments counted = live.value();
        return counted == null ? LiveDocuments.NONE : counted;
    }
}
