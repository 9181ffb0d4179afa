package dev.freshet.core.search;

import dev.freshet.core.document.DocumentFields;
import java.util.ArrayList;
import java.util.List;

/**
 * What a caller may see: documents of one tenant that name one of the principals. It is a filter inside every leg and
 * every read.
 *
 * @param principals always with {@link DocumentFields#EVERYONE}
 */
public record Visibility(String tenant, List<String> principals) {
    public Visibility {
        if (!principals.contains(DocumentFields.EVERYONE)) {
            List<String> all = new ArrayList<>(principals);
            all.add(DocumentFields.EVERYONE);
            principals = all;
        }
        principals = List.copyOf(principals);
    }

    /** What everyone in the tenant may see. */
    public static Visibility ofTenant(String tenant) {
        return new Visibility(tenant, List.of());
    }

    /** Whether a document of this tenant and access list may be seen. */
    public boolean covers(String documentTenant, List<String> acl) {
        return tenant.equals(documentTenant) && acl.stream().anyMatch(principals::contains);
    }
}
