package dev.freshet.ingest.embed;

import dev.freshet.core.describe.NearDuplicateKeys;
import dev.freshet.core.document.DocumentKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which documents had chunks with which near-duplicate keys lately, to count chunks that nearly repeat another document's.
 * Bounded: the keys that came first are forgotten first. Safe for concurrent use.
 */
final class RecentChunks {
    private static final int MOST_KEYS = 100_000;

    /** The document that had the key last, by tenant and key. */
    private final LinkedHashMap<String, String> documents = new LinkedHashMap<>();

    /** Remembers a new chunk; says whether it is a near-duplicate of a chunk that another document of the tenant had lately. */
    synchronized boolean addAndCompare(DocumentKey document, List<String> keys) {
        Map<String, Integer> shared = new HashMap<>();
        for (String key : keys) {
            String tenantKey = document.tenant() + '/' + key;
            // Removed first: what comes again is young again.
            String other = documents.remove(tenantKey);
            if (other != null && !other.equals(document.id())) {
                shared.merge(other, 1, Integer::sum);
            }
            documents.put(tenantKey, document.id());
        }
        while (documents.size() > MOST_KEYS) {
            documents.pollFirstEntry();
        }
        return shared.values().stream().anyMatch(count -> count >= NearDuplicateKeys.SHARED);
    }
}
