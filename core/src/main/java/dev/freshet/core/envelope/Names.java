package dev.freshet.core.envelope;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.text.CanonicalText;
import java.nio.charset.StandardCharsets;

/** What may be the name of a tenant and the id of a document. */
final class Names {
    private static final int LONGEST_TENANT = 128;
    private static final int LONGEST_ID = 1024;

    private Names() {}

    static void checkKey(DocumentKey key) throws RefusedException {
        if (key.path().indexOf(CanonicalText.REPLACEMENT) >= 0) {
            // Two ids that differ in what was replaced would become one.
            throw new RefusedException("invalid_id", "tenant and id must not contain U+FFFD or lone surrogates");
        }
        checkTenant(key.tenant());
        check("id", key.id(), LONGEST_ID);
    }

    static void checkTenant(String tenant) throws RefusedException {
        if (tenant.indexOf(CanonicalText.REPLACEMENT) >= 0) {
            throw new RefusedException("invalid_tenant", "tenant must not contain U+FFFD or lone surrogates");
        }
        check("tenant", tenant, LONGEST_TENANT);
        if (tenant.indexOf('/') >= 0) {
            throw new RefusedException("invalid_tenant", "tenant must not contain '/'");
        }
    }

    /** Whether ids can begin like this. */
    static boolean isIdPrefix(String prefix) {
        return !prefix.isBlank()
                && prefix.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID
                && prefix.indexOf(CanonicalText.REPLACEMENT) < 0
                && prefix.chars().noneMatch(Character::isISOControl);
    }

    private static void check(String what, String name, int longest) throws RefusedException {
        if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw new RefusedException("invalid_" + what, "%s must have 1 to %d bytes".formatted(what, longest));
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException("invalid_" + what, what + " must not contain control characters");
        }
    }
}
