package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the key of a record says of the document that the record is about.
 *
 * <p>It is {@code tenant/id}, or an id of the default tenant; or a JSON object with the columns of a primary key, as Debezium
 * writes it, of which {@code id} and {@code tenant} count.
 *
 * <p>Why it matters: a change without a version is ordered by its offset, which orders only what shares a partition. The key
 * of a record in the native envelope therefore must name the record's document. Other producers have keys of their own. Where
 * such a key names the document, by its path or by its id alone, it is as good as a native one; a JSON key with the id of
 * another document is a contradiction and refused; any other key says nothing of the document, and the change needs a version.
 *
 * @param text as it came; null where the record has no key
 * @param json whether the text is a JSON object
 * @param tenant that it names; null where it names none
 * @param id that it names; null where it names none
 */
record RecordKey(
        @Nullable String text,
        boolean json,
        @Nullable String tenant,
        @Nullable String id) {
    static final RecordKey ABSENT = new RecordKey(null, false, null, null);

    private static final int LARGEST = 64 << 10;
    // An id may begin with a brace, as GUIDs do, but no GUID goes on like a JSON object.
    private static final Pattern BEGIN_OF_OBJECT = Pattern.compile("\\{\\s*+[\"}]");

    /** What a key says of a document. */
    enum Naming {
        NOTHING,
        THIS,
        ANOTHER
    }

    static RecordKey of(RawRecord raw) throws RefusedException {
        byte[] bytes = raw.key();
        if (bytes == null) {
            return ABSENT;
        }
        if (bytes.length > LARGEST) {
            throw new RefusedException(
                    "key_too_large", "the record's key has %d bytes; the limit is %d".formatted(bytes.length, LARGEST));
        }
        String text = StrictJson.utf8(bytes, "key");
        if (BEGIN_OF_OBJECT.matcher(text).lookingAt()) {
            ObjectNode columns = ConnectJson.payload(StrictJson.object(text, "key"));
            ConnectJson.writeIdAsText(columns);
            return new RecordKey(text, true, column(columns, "tenant"), column(columns, "id"));
        }
        DocumentKey key = DocumentKey.parse(text, ChangeReader.DEFAULT_TENANT);
        return new RecordKey(text, false, key.tenant(), key.id());
    }

    boolean isAbsent() {
        return text == null;
    }

    /** The tenant of a document of this id that states none. */
    String tenantOf(String documentId) {
        return tenant != null && documentId.equals(id) ? tenant : ChangeReader.DEFAULT_TENANT;
    }

    /** @param foreign whether the record is in another envelope than the native one */
    Naming naming(DocumentKey document, boolean foreign) {
        if (text == null || (foreign && json && id == null)) {
            return Naming.NOTHING;
        }
        boolean same = document.id().equals(id) && (tenant == null || tenant.equals(document.tenant()));
        if (same || (foreign && text.equals(document.id()))) {
            return Naming.THIS;
        }
        return foreign && !json ? Naming.NOTHING : Naming.ANOTHER;
    }

    /** The tenant that stands in the key itself; null where there is none, or where the text may mean something else. */
    @Nullable
    String statedTenant(boolean foreign) {
        boolean path = !json && !foreign && text != null && text.indexOf('/') > 0;
        return json || path ? tenant : null;
    }

    /** Whether the key goes with a change of many documents of the tenant. */
    boolean allows(String wholeTenant, boolean foreign) {
        if (tenant == null || (foreign && !json)) {
            return true;
        }
        return wholeTenant.equals(tenant) || wholeTenant.equals(text);
    }

    /** Writes what the key names as fields of the native envelope. */
    void putInto(ObjectNode fields) {
        if (tenant != null) {
            fields.put("tenant", tenant);
        }
        if (id != null) {
            fields.put("id", id);
        }
    }

    /** The document that the key names as long as nothing else is known; null where it names none. */
    @Nullable
    DocumentKey document() {
        if (id == null) {
            return null;
        }
        DocumentKey named = new DocumentKey(tenant == null ? ChangeReader.DEFAULT_TENANT : tenant, id);
        try {
            Names.checkKey(named);
            return named;
        } catch (RefusedException e) {
            return null;
        }
    }

    private static @Nullable String column(ObjectNode columns, String column) throws RefusedException {
        JsonNode value = columns.path(column);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new RefusedException("invalid_" + column, column + " in the record's key must be a string");
        }
        return value.textValue();
    }
}
