package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.lifecycle.Workspace;
import picocli.CommandLine.Command;

/** Lets the job carry out the deletes that it holds back. */
@Command(name = "approve", description = "Carry out the deletes of a tenant that the job holds back.")
public final class ApproveCommand extends HeldBackCommand {

    public ApproveCommand(Workspace workspace) {
        super(workspace, Kind.APPROVE);
    }

    @Override
    String said() {
        return "The job was told to carry out the deletes of " + tenant() + " that it holds back.";
    }
}
