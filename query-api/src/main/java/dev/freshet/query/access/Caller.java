package dev.freshet.query.access;

import dev.freshet.core.search.Visibility;
import java.util.List;

/**
 * Who makes a request.
 *
 * @param tenant whose documents the request is about
 * @param principals what access lists may name, beside everyone in the tenant
 */
public record Caller(String tenant, List<String> principals) {
    public Caller {
        principals = List.copyOf(principals);
    }

    /** What the caller may see. */
    public Visibility visibility() {
        return new Visibility(tenant, principals);
    }
}
