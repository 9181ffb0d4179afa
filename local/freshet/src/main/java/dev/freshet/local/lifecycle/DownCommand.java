package dev.freshet.local.lifecycle;

import dev.freshet.local.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything; the data stays. */
@Command(name = "down", description = "Stop everything; the data stays, and up continues from it.")
public final class DownCommand implements Callable<Integer> {

    private final Workspace workspace;

    @Mixin
    private HomeOption home = new HomeOption();

    public DownCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        long started = System.nanoTime();
        Path folder = home.in(workspace);
        Terminal terminal = workspace.terminal();
        if (!Shutdown.takeDown(folder)) {
            terminal.line("Freshet is not running (" + folder + ").");
            return 0;
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        terminal.line(
                String.format(Locale.ROOT, "Freshet is down after %.1f s; its data stays in %s.", seconds, folder));
        return 0;
    }
}
