package dev.freshet.query.documents;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.VersionClock;
import dev.freshet.query.input.Violations;
import io.javalin.http.Context;
import java.util.OptionalLong;

/** The place of a delete in the order of changes: from the query string, else now. */
final class DeleteOrder {
    private DeleteOrder() {}

    static ChangeOrder of(Context ctx, VersionClock versions) {
        Violations violations = new Violations();
        OptionalLong epoch = parameter(ctx, "epoch", ChangeOrder.EPOCH_LIMIT, violations);
        OptionalLong version = parameter(ctx, "version", ChangeOrder.VERSION_LIMIT, violations);
        violations.throwIfAny();
        return new ChangeOrder(epoch.orElse(0), version.orElseGet(versions::next));
    }

    private static OptionalLong parameter(Context ctx, String name, long limit, Violations violations) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value < limit) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers out of range.
        }
        violations.add("", "The parameter %s must be a whole number from 0 to %d.".formatted(name, limit - 1));
        return OptionalLong.empty();
    }
}
