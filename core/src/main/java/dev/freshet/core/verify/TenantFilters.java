package dev.freshet.core.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFilter;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.search.Facets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The deletes by filter of a log. They concern every document of their tenant, so all of them stay in memory. */
final class TenantFilters {
    /** Of all tenants together. */
    static final int MOST = 100_000;

    /** A delete by filter. */
    record Rule(long fence, DocumentFilter filter, SourcePosition position) {
        /** Whether it could match, whatever the metadata. */
        boolean mayMatch(String id) {
            return filter.idPrefix() == null || id.startsWith(filter.idPrefix());
        }

        boolean matches(String id, String metadata) {
            return mayMatch(id)
                    && (filter.facets().isEmpty() || facets(metadata).containsAll(filter.facets()));
        }

        private static List<String> facets(String metadata) {
            try {
                return Facets.of(Json.MAPPER.readTree(metadata));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("metadata in canonical form is JSON", e);
            }
        }
    }

    private final Map<String, List<Rule>> byTenant = new HashMap<>();
    private int count;

    void add(DocumentChange change) {
        if (++count > MOST) {
            throw new IllegalStateException(
                    "the log has more than %,d deletes by filter, which is the most that can be verified"
                            .formatted(MOST));
        }
        Rule rule = new Rule(
                change.order().fence(),
                Objects.requireNonNull(change.filter(), "a delete by filter has a filter"),
                change.position());
        List<Rule> rules = byTenant.computeIfAbsent(change.tenant(), tenant -> new ArrayList<>());
        int at = rules.size();
        while (at > 0 && rules.get(at - 1).fence() > rule.fence()) {
            at--;
        }
        rules.add(at, rule);
    }

    /** Takes one back that was not carried out. */
    void remove(SourcePosition position) {
        byTenant.values()
                .forEach(rules -> rules.removeIf(rule -> rule.position().equals(position)));
    }

    /** In order. */
    List<Rule> of(String tenant) {
        return byTenant.getOrDefault(tenant, List.of());
    }
}
