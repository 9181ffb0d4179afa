package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.lifecycle.Workspace;
import picocli.CommandLine.Command;

/** Lets the job read changes again. */
@Command(name = "resume", description = "Let the job read changes again.")
public final class ResumeCommand extends TellingCommand {

    public ResumeCommand(Workspace workspace) {
        super(workspace, Kind.RESUME);
    }

    @Override
    String said() {
        return "The job was told to read changes again.";
    }
}
