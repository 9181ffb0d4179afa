package dev.freshet.ingest.guard;

import dev.freshet.core.document.DocumentChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deletes by filter of the current tenant that documents may still fall to which arrive late, in the order of arrival. */
final class RememberedFilters {
    /** Of one tenant. An upsert that is older than the newest of them is compared with each. */
    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RememberedFilters.class);

    private final ListState<RememberedFilter> filters;
    private final ValueState<Long> newest;
    private final Duration ttl;

    /** @param ttl how long a filter is remembered */
    RememberedFilters(RuntimeContext context, Duration ttl) {
        filters = context.getListState(new ListStateDescriptor<>("filters", RememberedFilter.class));
        newest = context.getState(new ValueStateDescriptor<>("newest-filter", Long.class));
        this.ttl = ttl;
    }

    void remember(DocumentChange deleteByFilter, long now) throws Exception {
        List<RememberedFilter> kept = new ArrayList<>();
        for (RememberedFilter filter : filters.get()) {
            if (filter.expiresAt() > now && !filter.isSameAs(deleteByFilter)) {
                kept.add(filter);
            }
        }
        kept.add(new RememberedFilter(deleteByFilter, now + ttl.toMillis()));
        if (kept.size() > MOST) {
            DocumentChange dropped = kept.removeFirst().change();
            LOG.warn(
                    "A delete by filter was forgotten before its time, because the tenant has more than {}; documents that are older than it"
                            + " and arrive from now on stay: tenant={} position={}",
                    MOST,
                    dropped.tenant(),
                    dropped.position());
        }
        filters.update(kept);
        newest.update(kept.stream()
                .mapToLong(filter -> filter.change().order().fence())
                .max()
                .getAsLong());
    }

    /** The newest delete by filter that a live document with this id falls to; null if there is none. */
    @Nullable
    DocumentChange deleting(String id, KnownDocument document, long now) throws Exception {
        Long newestFence = newest.value();
        if (newestFence == null || newestFence <= document.fence()) {
            return null;
        }
        DocumentChange found = null;
        for (RememberedFilter filter : filters.get()) {
            DocumentChange change = filter.change();
            if (filter.expiresAt() > now
                    && document.fallsTo(change, id)
                    && (found == null || change.order().compareTo(found.order()) > 0)) {
                found = change;
            }
        }
        return found;
    }
}
