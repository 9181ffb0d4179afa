package dev.freshet.ingest.rebuild;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import java.time.Instant;
import java.util.List;

/** Commands for tests. */
final class Commands {
    private Commands() {}

    static ControlCommand of(Kind kind, String id) {
        return new ControlCommand(kind, id, Instant.parse("2026-01-31T12:00:00Z"), null, List.of());
    }
}
