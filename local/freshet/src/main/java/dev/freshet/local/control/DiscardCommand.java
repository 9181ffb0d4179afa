package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.lifecycle.Workspace;
import picocli.CommandLine.Command;

/** Lets the job give up the deletes that it holds back. */
@Command(
        name = "discard",
        description = "Give up the deletes of a tenant that the job holds back: they become dead letters.")
public final class DiscardCommand extends HeldBackCommand {

    public DiscardCommand(Workspace workspace) {
        super(workspace, Kind.DISCARD);
    }

    @Override
    String said() {
        return "The job was told to give up the deletes of " + tenant()
                + " that it holds back. They become dead letters: freshet dlq list";
    }
}
