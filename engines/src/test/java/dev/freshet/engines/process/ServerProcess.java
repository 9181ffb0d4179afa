package dev.freshet.engines.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server of the {@code local} modules in a process of its own, which never outlives the test. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final int STOP_SECONDS = 30;

    private final Path log;
    private final List<String> command;
    private final Callable<Boolean> ready;
    private final Thread reaper = new Thread(this::kill, "kill-server");
    private @Nullable Process process;

    private ServerProcess(Path log, List<String> command, Callable<Boolean> ready) {
        this.log = log;
        this.command = command;
        this.ready = ready;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param module folder of the Maven module, packaged, such as {@code local/opensearch}
     * @param log gets all that it says
     * @param java arguments of the virtual machine, the main class, its arguments
     */
    public static ServerProcess start(String module, Path log, List<String> java, Callable<Boolean> ready) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(classPath(target(module)));
        command.addAll(java);
        ServerProcess server = new ServerProcess(log, command, ready);
        Runtime.getRuntime().addShutdownHook(server.reaper);
        server.launch();
        return server;
    }

    /** A port that nobody listens on now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again, with the same arguments. */
    public void launch() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("the server is ready, see " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!isAlive()) {
                        throw new IllegalStateException("The server ended: " + Files.readString(log));
                    }
                    return ready.call();
                });
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Asks the server to end, as a supervisor does, and says with what code it did. */
    public int terminate() {
        if (process == null) {
            return -1;
        }
        process.destroy();
        return process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join().exitValue();
    }

    /** Ends the server without a chance to clean up. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit()
                    .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        kill();
        Runtime.getRuntime().removeShutdownHook(reaper);
    }

    private static Path target(String module) {
        for (Path root = Path.of("").toAbsolutePath(); root != null; root = root.getParent()) {
            Path target = root.resolve(module).resolve("target");
            if (Files.exists(target.resolve("runtime.classpath"))) {
                return target;
            }
        }
        throw new IllegalStateException(
                "%s is not packaged: build it with mvn -pl %s -am package".formatted(module, module));
    }

    private static String classPath(Path target) {
        try {
            String dependencies =
                    Files.readString(target.resolve("runtime.classpath")).strip();
            return String.join(
                    ":", target.resolve("classes").toString(), dependencies, target.resolve("runtime-lib") + "/*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
