package dev.freshet.local.dlq;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.terminal.Misuse;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists dead letters. */
@Command(name = "list", description = "List dead letters, the newest last.")
final class DlqListCommand implements Callable<Integer> {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Option(names = "--stage", paramLabel = "NAME", description = "Only of this stage, such as parse.")
    private @Nullable String stage;

    @Option(names = "--reason", paramLabel = "CODE", description = "Only of this reason, such as malformed_json.")
    private @Nullable String reason;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Only of this tenant.")
    private @Nullable String tenant;

    @Option(names = "--all", description = "Also those that were replayed, repaired or discarded.")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most the newest N (${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DlqListCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 1 || limit > 100_000) {
            throw Misuse.of(spec, "--limit must be from 1 to 100000");
        }
        LetterTable table = new LetterTable(limit);
        try (DeadLetters letters = new DeadLetters(kafka.in(workspace))) {
            letters.read(
                    new LetterFilter(stage, reason, tenant, all),
                    (letter, resolution) -> table.add(LetterTable.Row.of(letter, resolution)));
        }
        if (json) {
            workspace.terminal().line(JSON.writeValueAsString(json(table)));
        } else {
            table.print(workspace.terminal());
        }
        return 0;
    }

    private static ObjectNode json(LetterTable table) {
        ObjectNode json = JSON.createObjectNode();
        json.put("count", table.count());
        ArrayNode letters = json.putArray("letters");
        for (LetterTable.Row row : table.rows()) {
            letters.addObject()
                    .put("handle", row.handle().toString())
                    .put("failed_at", row.time())
                    .put("scope", row.scope())
                    .put("stage", row.stage())
                    .put("reason", row.reason())
                    .put("message", row.message())
                    .put("document", row.document())
                    .put("origin", row.origin())
                    .put("resolution", row.resolution());
        }
        return json;
    }
}
