package dev.freshet.core.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Commands as the {@code control} topic carries them ({@code control-command.schema.json}). */
public final class ControlJson {
    /** Part of the names of indices. */
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

    private ControlJson() {}

    public static byte[] write(ControlCommand command) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("command", command.kind().name().toLowerCase(Locale.ROOT));
        json.put("id", command.id());
        json.put("issued_at", command.issuedAt().toString());
        if (command.tenant() != null) {
            json.put("tenant", command.tenant());
        }
        if (!command.documents().isEmpty()) {
            json.set("documents", Json.MAPPER.valueToTree(command.documents()));
        }
        if (command.generation() != null) {
            json.put("generation", command.generation());
        }
        return Json.bytes(json);
    }

    /** Reads a command; throws {@link IllegalArgumentException}, which says what is wrong, for anything else. */
    public static ControlCommand read(byte[] value) {
        try {
            JsonNode json = Json.MAPPER.readTree(value);
            List<String> documents = new ArrayList<>();
            json.path("documents").forEach(document -> documents.add(document.asText()));
            ControlCommand command = new ControlCommand(
                    Kind.valueOf(text(json, "command").toUpperCase(Locale.ROOT)),
                    text(json, "id"),
                    Instant.parse(text(json, "issued_at")),
                    json.path("tenant").textValue(),
                    documents,
                    json.path("generation").textValue());
            check(command);
            return command;
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("not a command: " + e.getClass().getSimpleName(), e);
        }
    }

    private static void check(ControlCommand command) {
        if (!ID.matcher(command.id()).matches()) {
            throw new IllegalArgumentException("the command's id must be 1 to 64 of a-z, 0-9 and '-'");
        }
        boolean needsTenant = command.kind() == Kind.APPROVE || command.kind() == Kind.DISCARD;
        if (needsTenant && command.tenant() == null) {
            throw new IllegalArgumentException("the command needs a tenant");
        }
        if (command.kind() == Kind.REPAIR && command.documents().isEmpty()) {
            throw new IllegalArgumentException("the command repair needs documents");
        }
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException("the command has no " + field);
        }
        return value.textValue();
    }
}
