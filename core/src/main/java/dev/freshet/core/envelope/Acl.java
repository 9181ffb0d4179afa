package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.text.CanonicalText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The principals that may see a document. */
final class Acl {
    private static final String REASON = "invalid_acl";
    private static final int LONGEST_PRINCIPAL = 512;
    private static final int MOST_PRINCIPALS = 1000;
    private static final int MOST_CHARACTERS = 16_384;

    private Acl() {}

    /** The principals in canonical form: sorted, none twice. */
    static List<String> canonical(JsonNode json) throws RefusedException {
        if (!json.isArray() || json.size() > MOST_PRINCIPALS) {
            throw new RefusedException(REASON, "acl must be an array of at most %d strings".formatted(MOST_PRINCIPALS));
        }
        if (json.isEmpty()) {
            throw new RefusedException(
                    REASON,
                    "an empty acl would hide the document from everyone; leave acl out to show it to the whole tenant");
        }
        TreeSet<String> principals = new TreeSet<>();
        for (JsonNode principal : json) {
            principals.add(principal(principal));
        }
        // Every chunk of the document carries them.
        if (principals.stream().mapToInt(String::length).sum() > MOST_CHARACTERS) {
            throw new RefusedException(
                    REASON, "acl must have at most %d characters together".formatted(MOST_CHARACTERS));
        }
        return new ArrayList<>(principals);
    }

    private static String principal(JsonNode json) throws RefusedException {
        if (!json.isTextual() || json.textValue().isBlank() || json.textValue().length() > LONGEST_PRINCIPAL) {
            throw new RefusedException(
                    REASON, "acl must be an array of strings of 1 to %d characters".formatted(LONGEST_PRINCIPAL));
        }
        return CanonicalText.encodable(json.textValue());
    }
}
