package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.Misuse;
import dev.freshet.local.terminal.ProgressBar;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets the job write new indices. */
@Command(
        name = "rebuild",
        description = "Write all documents from the job's state into new indices, while changes and searches go on.")
public final class RebuildCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Option(names = "--wait", description = "Return when searches are answered from the new indices.")
    private boolean wait;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "With --wait: give up after so long (${DEFAULT-VALUE}); the job goes on.")
    private int deadlineSeconds;

    public RebuildCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        if (deadlineSeconds < 1) {
            throw Misuse.of(spec, "--deadline must be at least 1");
        }
        ControlTopic control = new ControlTopic(kafka.in(workspace));
        ControlTopic.Sent rebuild = control.send(Kind.REBUILD, null);
        String id = rebuild.command().id();
        if (!wait) {
            workspace.terminal().line("The job was told to rebuild the index: " + id);
            return 0;
        }
        long started = System.nanoTime();
        try (ProgressBar bar = new ProgressBar(workspace.terminal(), "Rebuilding, seconds:")) {
            if (!control.awaitRebuilt(
                    rebuild, Duration.ofSeconds(deadlineSeconds), took -> bar.show(took.toSeconds(), 0, id))) {
                throw new StackException("the index is not rebuilt after " + deadlineSeconds
                        + " s; the job goes on if it runs. See freshet status and freshet logs taskmanager");
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        workspace
                .terminal()
                .line("Rebuilt: searches are answered from the new indices, after " + took.toSeconds() + " s.");
        return 0;
    }
}
