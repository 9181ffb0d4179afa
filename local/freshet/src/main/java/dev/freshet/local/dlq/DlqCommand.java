package dev.freshet.local.dlq;

import dev.freshet.local.lifecycle.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What could not be applied, and what to do about it. */
@Command(
        name = "dlq",
        synopsisSubcommandLabel = "COMMAND",
        description = "List, show, replay or discard the records that could not be applied (dead letters).")
public final class DlqCommand {

    private DlqCommand() {}

    /** The command with its own commands. */
    public static CommandLine of(Workspace workspace) {
        return new CommandLine(new DlqCommand())
                .addSubcommand(new DlqListCommand(workspace))
                .addSubcommand(new DlqShowCommand(workspace))
                .addSubcommand(new DlqReplayCommand(workspace))
                .addSubcommand(new DlqDiscardCommand(workspace));
    }
}
