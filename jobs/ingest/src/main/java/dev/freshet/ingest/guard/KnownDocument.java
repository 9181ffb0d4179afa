package dev.freshet.ingest.guard;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFilter;
import java.util.List;
import java.util.Objects;

/**
 * What the guard remembers of a document: the newest upsert or delete, and the newest patch of its metadata if that is newer still.
 *
 * @param fence of the newest upsert or delete; {@link #NONE} while only a patch was seen
 * @param facets of the newest upsert's metadata
 * @param patchFence of the newest patch; {@link #NONE} if there is none that is newer than {@code fence}
 * @param patchFacets of that patch's metadata
 */
public record KnownDocument(long fence, List<String> facets, long patchFence, List<String> patchFacets) {
    /** Before every fence. */
    static final long NONE = -1;

    static final KnownDocument UNKNOWN = new KnownDocument(NONE, List.of(), NONE, List.of());

    public KnownDocument {
        facets = facets == null ? List.of() : facets;
        patchFacets = patchFacets == null ? List.of() : patchFacets;
    }

    /** After a newer upsert; a delete brings no facets. */
    KnownDocument replaced(long at, List<String> newFacets) {
        return patchFence > at
                ? new KnownDocument(at, newFacets, patchFence, patchFacets)
                : new KnownDocument(at, newFacets, NONE, List.of());
    }

    /** After a newer patch. */
    KnownDocument patched(long at, List<String> newFacets) {
        return new KnownDocument(fence, facets, at, newFacets);
    }

    /**
     * Whether a live document with this id falls to the delete by filter. A patch that is newer than the filter does not count, because the
     * filter means what the document was before.
     */
    boolean fallsTo(DocumentChange deleteByFilter, String id) {
        long at = deleteByFilter.order().fence();
        if (fence >= at) {
            return false;
        }
        DocumentFilter filter = Objects.requireNonNull(deleteByFilter.filter(), "a delete by filter has a filter");
        if (filter.idPrefix() != null && !id.startsWith(filter.idPrefix())) {
            return false;
        }
        List<String> then = patchFence != NONE && patchFence < at ? patchFacets : facets;
        return then.containsAll(filter.facets());
    }
}
