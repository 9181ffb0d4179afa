package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets the job read no more changes. */
@Command(name = "pause", description = "Let the job read no more changes; what it has read is finished.")
public final class PauseCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    public PauseCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        new ControlTopic(kafka.in(workspace)).send(Kind.PAUSE, null);
        workspace
                .terminal()
                .line(
                        "The job was told to pause: it reads no more changes, and finishes what it has read. To go on: freshet resume");
        return 0;
    }
}
