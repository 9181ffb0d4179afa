package dev.freshet.local.stack;

import dev.freshet.local.process.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What can be known to fail before anything is started. */
final class Preflight {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private Preflight() {}

    static void check(StackOptions options) throws InterruptedException {
        if (options.ingestJob() && !Files.isRegularFile(options.project().ingestJob())) {
            throw Project.notBuilt("jobs/ingest", options.project().ingestJob());
        }
        writable(options.home());
        Leftovers.stop(options.pidFiles(), GRACE);
        for (Component component : options.components()) {
            options.ports().optionsOf(component).forEach((option, port) -> free(component, option, port));
        }
    }

    private static void writable(Path home) {
        try {
            Files.createDirectories(home);
            Path probe = Files.createTempFile(home, "probe", ".tmp");
            Files.write(probe, new byte[4096]);
            Files.delete(probe);
            DiskSpace.shortage(home).ifPresent(shortage -> {
                throw new StackException(shortage + " Free some space or choose another folder with --home");
            });
        } catch (IOException e) {
            throw new StackException(
                    "cannot write to " + home + " (" + e + "). Free some space or choose another folder with --home",
                    e);
        }
    }

    private static void free(Component component, String option, int port) {
        if (!Ports.isFree(port)) {
            throw new StackException("port " + port + " (" + component.title()
                    + ") is used by another process. Stop that process or choose another port with " + option);
        }
    }
}
