package dev.freshet.local.control;

import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.local.ingest.TenantNames;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.terminal.Misuse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Decides what becomes of the deletes of a tenant that the job holds back. */
abstract class HeldBackCommand extends TellingCommand {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--tenant", paramLabel = "NAME", required = true, description = "Whose deletes are meant.")
    private String tenant = "";

    HeldBackCommand(Workspace workspace, Kind kind) {
        super(workspace, kind);
    }

    @Override
    final String tenant() {
        TenantNames.problem(tenant).ifPresent(problem -> {
            throw Misuse.of(spec, problem);
        });
        return tenant;
    }
}
