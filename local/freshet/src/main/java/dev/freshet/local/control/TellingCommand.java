package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** Tells the job one thing, and says so. */
abstract class TellingCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Kind kind;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    TellingCommand(Workspace workspace, Kind kind) {
        this.workspace = workspace;
        this.kind = kind;
    }

    /** Whose deletes are meant; null where the command is about no tenant. Checks it. */
    @Nullable
    String tenant() {
        return null;
    }

    /** What the job was told, in words. */
    abstract String said();

    @Override
    public final Integer call() {
        String tenant = tenant();
        new ControlTopic(kafka.in(workspace)).send(kind, tenant);
        workspace.terminal().line(said());
        return 0;
    }
}
