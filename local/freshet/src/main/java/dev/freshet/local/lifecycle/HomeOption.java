package dev.freshet.local.lifecycle;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where state and logs lie. */
public final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of state and logs (default: .freshet in the project).")
    private @Nullable Path home;

    public Path in(Workspace workspace) {
        Path chosen = home == null ? workspace.project().root().resolve(".freshet") : home;
        return chosen.toAbsolutePath().normalize();
    }
}
