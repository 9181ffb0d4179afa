package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets the job read changes again. */
@Command(name = "resume", description = "Let the job read changes again.")
public final class ResumeCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    public ResumeCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        new ControlTopic(kafka.in(workspace)).send(Kind.RESUME, null);
        workspace.terminal().line("The job was told to read changes again.");
        return 0;
    }
}
