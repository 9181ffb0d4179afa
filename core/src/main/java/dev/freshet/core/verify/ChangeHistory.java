package dev.freshet.core.verify;

import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.Operation;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one document, in order; those that cannot count any more are forgotten. Of two changes that claim the same
 * place in the order, the one that came first in the log stands.
 */
final class ChangeHistory {
    /** What one place in the order does: replaces the document, or sets one or both of its registers. */
    private static final class Place {
        private @Nullable ChangeReference full;
        private @Nullable ChangeReference metadata;
        private @Nullable ChangeReference acl;

        boolean empty() {
            return full == null && metadata == null && acl == null;
        }
    }

    /**
     * What is left when all changes are taken in order.
     *
     * @param full the upsert that it goes back to
     * @param metadata the patch whose metadata counts instead; null where there is none
     * @param acl the same
     * @param fence of the newest change that counts
     */
    record Folded(
            ChangeReference full,
            @Nullable ChangeReference metadata,
            @Nullable ChangeReference acl,
            long fence) {}

    /** Reads the fields that lie in a file. */
    interface FieldsReader {
        DocumentFields read(Folded folded) throws IOException;
    }

    private static final int LOOSE = 64;

    private final TreeMap<Long, Place> places = new TreeMap<>();
    private long newestFull = -1;
    private int tightenAt = LOOSE;

    int size() {
        return places.size();
    }

    /**
     * Takes in the next change of the log.
     *
     * @param filters of the tenant
     */
    void add(ChangeReference change, List<TenantFilters.Rule> filters) {
        if (change.fence() < newestFull) {
            return;
        }
        Place place = places.get(change.fence());
        if (place == null) {
            place = new Place();
            places.put(change.fence(), place);
            enter(place, change);
        } else if (place.full == null && change.patch() && agrees(place, change)) {
            enter(place, change);
        }
        if (places.size() > tightenAt) {
            tighten(filters);
            tightenAt = Math.max(LOOSE, 2 * places.size());
        }
    }

    private void enter(Place place, ChangeReference change) {
        if (!change.patch()) {
            place.full = change;
            newestFull = change.fence();
            places.headMap(newestFull, false).clear();
            return;
        }
        if (change.metadata() != null && place.metadata == null) {
            place.metadata = change;
        }
        if (change.acl() != null && place.acl == null) {
            place.acl = change;
        }
    }

    private static boolean agrees(Place place, ChangeReference patch) {
        return (place.metadata == null
                        || patch.metadata() == null
                        || Objects.equals(place.metadata.metadata(), patch.metadata()))
                && (place.acl == null || patch.acl() == null || Objects.equals(place.acl.acl(), patch.acl()));
    }

    /** Forgets patches that a newer one overrides, except where a filter between the two looks at what was before. */
    private void tighten(List<TenantFilters.Rule> filters) {
        int filter = filters.size() - 1;
        boolean metadata = false;
        boolean acl = false;
        Iterator<Map.Entry<Long, Place>> newestFirst =
                places.descendingMap().entrySet().iterator();
        while (newestFirst.hasNext()) {
            Map.Entry<Long, Place> at = newestFirst.next();
            while (filter >= 0 && filters.get(filter).fence() > at.getKey()) {
                filter--;
                metadata = false;
                acl = false;
            }
            Place place = at.getValue();
            place.metadata = metadata ? null : place.metadata;
            place.acl = acl ? null : place.acl;
            metadata |= place.metadata != null;
            acl |= place.acl != null;
            if (place.empty()) {
                newestFirst.remove();
            }
        }
    }

    /**
     * Takes all changes in order, and each of the tenant's deletes by filter at its place.
     *
     * @return null where the document is not there in the end
     */
    @Nullable
    Folded fold(String id, List<TenantFilters.Rule> filters, FieldsReader fields) throws IOException {
        Folded live = null;
        Iterator<TenantFilters.Rule> rest = filters.iterator();
        TenantFilters.Rule filter = rest.hasNext() ? rest.next() : null;
        for (Map.Entry<Long, Place> at : places.entrySet()) {
            // A filter comes before a change of the same order: it deletes only what is older.
            while (filter != null && filter.fence() <= at.getKey()) {
                live = after(filter, live, id, fields);
                filter = rest.hasNext() ? rest.next() : null;
            }
            live = after(at.getKey(), at.getValue(), live);
        }
        while (filter != null && live != null) {
            live = after(filter, live, id, fields);
            filter = rest.hasNext() ? rest.next() : null;
        }
        return live;
    }

    private static @Nullable Folded after(
            TenantFilters.Rule filter, @Nullable Folded live, String id, FieldsReader fields) throws IOException {
        boolean deleted = live != null
                && filter.mayMatch(id)
                && filter.matches(id, fields.read(live).metadata());
        return deleted ? null : live;
    }

    private static @Nullable Folded after(long fence, Place place, @Nullable Folded live) {
        if (place.full != null) {
            return place.full.operation() == Operation.UPSERT ? new Folded(place.full, null, null, fence) : null;
        }
        // A patch changes a document that is there, and nothing else.
        return live == null
                ? null
                : new Folded(
                        live.full(),
                        place.metadata == null ? live.metadata() : place.metadata,
                        place.acl == null ? live.acl() : place.acl,
                        fence);
    }
}
