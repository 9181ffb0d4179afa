package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.lifecycle.Workspace;
import picocli.CommandLine.Command;

/** Lets the job read no more changes. */
@Command(name = "pause", description = "Let the job read no more changes; what it has read is finished.")
public final class PauseCommand extends TellingCommand {

    public PauseCommand(Workspace workspace) {
        super(workspace, Kind.PAUSE);
    }

    @Override
    String said() {
        return "The job was told to pause: it reads no more changes, and finishes what it has read. To go on: freshet resume";
    }
}
