package dev.freshet.query.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.document.VersionClock;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome;
import dev.freshet.core.extract.MediaType;
import dev.freshet.query.input.ObjectReader;
import dev.freshet.query.input.Violations;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands a document that is to be written. What is accepted here is never refused by the ingest job's parser. */
final class DocumentInput {
    static final int LARGEST_BODY = 8 << 20;

    private static final int LONGEST_ID = 1024;
    private static final int LONGEST_TITLE = 1000;
    private static final int LONGEST_URI = 2048;
    private static final int LONGEST_PRINCIPAL = 256;
    private static final int MOST_PRINCIPALS = 1000;
    private static final int LONGEST_TYPE = 256;
    private static final String NAME = "[A-Za-z0-9!#$&^_.+-]{1,127}";
    private static final Pattern TYPE = Pattern.compile(NAME + "/" + NAME + " *(;[ -~]*)?");
    private static final String TEXT = "content";
    private static final String BYTES = "content_base64";
    private static final Set<String> FIELDS = Set.of(
            "id", TEXT, BYTES, "content_type", "title", "uri", "metadata", "acl", "version", "epoch", "event_time");
    private static final ChangeReader READER = new ChangeReader(Integer.MAX_VALUE);

    private final Violations violations = new Violations();
    private final ObjectReader fields;

    private DocumentInput(ObjectNode body) {
        this.fields = new ObjectReader(body, FIELDS, violations);
    }

    /**
     * The change that the body asks for.
     *
     * @param versions gives one where the body has none
     * @throws dev.freshet.query.problem.ProblemException with everything that is wrong with it
     */
    static ChangeEnvelope read(String tenant, ObjectNode body, VersionClock versions, Instant now) {
        return new DocumentInput(body).change(tenant, versions, now);
    }

    private ChangeEnvelope change(String tenant, VersionClock versions, Instant now) {
        String id = fields.requiredText("id", LONGEST_ID);
        checkId(id, violations);
        String contentType = contentType();
        String title = fields.text("title", LONGEST_TITLE);
        String uri = fields.text("uri", LONGEST_URI);
        List<String> acl = acl();
        ChangeOrder order = new ChangeOrder(
                fields.integer("epoch", 0, ChangeOrder.EPOCH_LIMIT - 1, 0),
                fields.optionalInteger("version", 0, ChangeOrder.VERSION_LIMIT - 1)
                        .orElseGet(versions::next));
        Instant eventTime = eventTime(now);
        JsonNode metadata = fields.value("metadata");
        DocumentKey key = new DocumentKey(tenant, id);
        // Without a type, the ingest job knows bytes by how they begin, and by the id.
        ChangeEnvelope change = (isBytes()
                        ? ChangeEnvelope.upsert(key, order, eventTime, contentType, bytes())
                        : ChangeEnvelope.upsert(
                                key, order, eventTime, contentType == null ? MediaType.PLAIN : contentType, content()))
                .withTitle(title)
                .withUri(uri)
                .withMetadata(metadata)
                .withAcl(acl);
        violations.throwIfAny();
        parseAsTheJobWill(change);
        violations.throwIfAny();
        return change;
    }

    private boolean isBytes() {
        boolean bytes = fields.value(BYTES) != null;
        if (bytes && fields.value(TEXT) != null) {
            fields.refuse(BYTES, "must be left out where there is content");
        }
        return bytes;
    }

    /** Unlike other texts, it may be empty. */
    private String content() {
        if (fields.value(TEXT) == null) {
            fields.refuse(TEXT, "is missing");
        }
        String content = fields.text(TEXT, LARGEST_BODY);
        return content == null ? "" : content;
    }

    private byte[] bytes() {
        String encoded = fields.text(BYTES, LARGEST_BODY);
        try {
            return Base64.getDecoder().decode(encoded == null ? "" : encoded);
        } catch (IllegalArgumentException e) {
            fields.refuse(BYTES, "must be base64");
            return new byte[0];
        }
    }

    private @Nullable String contentType() {
        String type = fields.text("content_type", LONGEST_TYPE);
        if (type != null && !TYPE.matcher(type).matches()) {
            fields.refuse("content_type", "must be a media type as in text/markdown");
        }
        return type;
    }

    static void checkId(String id, Violations violations) {
        if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            violations.add("/id", "id must have %d bytes at most.".formatted(LONGEST_ID));
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            violations.add("/id", "id must not contain control characters.");
        }
    }

    private List<String> acl() {
        JsonNode acl = fields.value("acl");
        if (acl == null) {
            return List.of();
        }
        if (!acl.isArray() || acl.isEmpty() || acl.size() > MOST_PRINCIPALS) {
            fields.refuse("acl", "must be a list of 1 to %d principals".formatted(MOST_PRINCIPALS));
            return List.of();
        }
        List<String> principals = new ArrayList<>();
        for (int i = 0; i < acl.size(); i++) {
            String principal = acl.get(i).textValue();
            if (principal == null || principal.isBlank() || principal.length() > LONGEST_PRINCIPAL) {
                violations.add(
                        "/acl/" + i,
                        "A principal must be a string of 1 to %d characters.".formatted(LONGEST_PRINCIPAL));
            } else {
                principals.add(principal);
            }
        }
        return principals;
    }

    private Instant eventTime(Instant now) {
        String time = fields.text("event_time", 64);
        if (time == null) {
            return now;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            fields.refuse("event_time", "must be a time as in 2026-01-31T12:00:00Z");
            return now;
        }
    }

    private void parseAsTheJobWill(ChangeEnvelope change) {
        RawRecord record =
                new RawRecord(new SourcePosition("", 0, 0), 0, change.recordKey(), change.recordValue(), List.of());
        if (READER.read(record) instanceof EnvelopeOutcome.Refused refused) {
            String field = refused.reason().replaceFirst("^(invalid|missing)_", "");
            violations.add(FIELDS.contains(field) ? "/" + field : "", refused.message() + ".");
        }
    }

    /** The id at the end of a path. */
    static String pathId(@Nullable String id) {
        Violations violations = new Violations();
        String checked = id == null ? "" : id;
        if (checked.isBlank()) {
            violations.add("/id", "id must not be empty.");
        }
        checkId(checked, violations);
        violations.throwIfAny();
        return checked;
    }
}
