package dev.freshet.local.lifecycle;

import dev.freshet.local.process.ProcessId;
import dev.freshet.local.stack.Ports;
import dev.freshet.local.stack.StackException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A stack that a supervisor keeps running.
 *
 * @param supervisor the supervisor's process
 * @param state what it said last
 */
public record RunningStack(ProcessHandle supervisor, StackState state) {

    static Path pidFile(Path home) {
        return home.resolve("supervisor.pid");
    }

    static Optional<ProcessHandle> supervisor(Path home) {
        return ProcessId.read(pidFile(home)).flatMap(ProcessId::find);
    }

    static Optional<RunningStack> find(Path home) {
        return supervisor(home)
                .flatMap(process -> StackState.read(home).map(state -> new RunningStack(process, state)));
    }

    /** The stack of a home folder, for a command that needs one. */
    public static RunningStack require(Path home) {
        RunningStack found = find(home)
                .filter(stack -> stack.state().phase().equals(StackState.RUNNING))
                .orElseThrow(
                        () -> new StackException("Freshet is not running in " + home + ". Start it with: freshet up"));
        return found;
    }

    public Ports ports() {
        return state.ports();
    }

    public URI api() {
        return loopback(ports().api());
    }

    public URI flink() {
        return loopback(ports().flink());
    }

    public URI openSearch() {
        return loopback(ports().openSearch());
    }

    public String kafkaBootstrapServers() {
        return "127.0.0.1:" + ports().kafka();
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
