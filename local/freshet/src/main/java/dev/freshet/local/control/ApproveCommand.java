package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.ingest.TenantNames;
import dev.freshet.local.lifecycle.KafkaOption;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.terminal.Misuse;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets the job carry out the deletes that it holds back. */
@Command(name = "approve", description = "Carry out the deletes of a tenant that the job holds back.")
public final class ApproveCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Option(names = "--tenant", paramLabel = "NAME", required = true, description = "Whose deletes are meant.")
    private String tenant = "";

    public ApproveCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        TenantNames.problem(tenant).ifPresent(problem -> {
            throw Misuse.of(spec, problem);
        });
        new ControlTopic(kafka.in(workspace)).send(Kind.APPROVE, tenant);
        workspace.terminal().line("The job was told to carry out the deletes of " + tenant + " that it holds back.");
        return 0;
    }
}
