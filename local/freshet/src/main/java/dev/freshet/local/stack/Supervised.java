package dev.freshet.local.stack;

import dev.freshet.local.process.Child;
import dev.freshet.local.process.LogFile;
import dev.freshet.local.stack.ComponentStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One component that is started, watched and started again; driven by one thread. */
final class Supervised {

    /** A healthy component is asked again after this time. */
    private static final Duration RECHECK = Duration.ofSeconds(5);

    /** A busy machine answers late once in a while. */
    private static final int MISSES = 3;

    private final Component component;
    private final Launches launches;
    private final Child child;
    private final Readiness readiness;
    private final RestartPolicy policy = new RestartPolicy();

    private State state = State.WAITING;
    private Instant nextStep = Instant.EPOCH;
    private int restarts;
    private int misses;
    private String message = "";

    Supervised(Component component, Launches launches, Readiness readiness) {
        this.component = component;
        this.launches = launches;
        this.child = new Child(launches.of(component));
        this.readiness = readiness;
    }

    Child child() {
        return child;
    }

    State state() {
        return state;
    }

    ComponentStatus status() {
        return new ComponentStatus(
                component, state, child.pid(), restarts, message, child.launch().log());
    }

    /** One look at the process. Before the stack has started, a dead process is not started again. */
    void step(Instant now, boolean startable, boolean starting) throws InterruptedException {
        switch (state) {
            case WAITING -> {
                if (startable) {
                    start();
                }
            }
            case RESTARTING -> {
                if (!now.isBefore(nextStep)) {
                    restarts++;
                    readiness.restarted();
                    start();
                }
            }
            case STARTING, HEALTHY, UNHEALTHY -> watch(now, starting);
            case FAILED, STOPPED -> {}
        }
    }

    void stopped() {
        state = State.STOPPED;
        message = "";
    }

    private void start() {
        try {
            launches.clean(component);
            child.start();
            state = State.STARTING;
            misses = 0;
            message = "starting";
            nextStep = Instant.EPOCH;
        } catch (IOException e) {
            state = State.FAILED;
            message = component.title() + " cannot be started: " + e.getMessage();
        }
    }

    private void watch(Instant now, boolean starting) throws InterruptedException {
        if (!child.alive()) {
            died(now, starting);
            return;
        }
        if (now.isBefore(nextStep)) {
            return;
        }
        if (ready()) {
            state = State.HEALTHY;
            message = "";
            misses = 0;
            nextStep = now.plus(RECHECK);
        } else if (state == State.HEALTHY && ++misses >= MISSES) {
            state = State.UNHEALTHY;
            message = "does not answer";
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return readiness.ready();
        } catch (IOException e) {
            return false;
        }
    }

    private void died(Instant now, boolean starting) {
        Optional<Duration> delay = starting ? Optional.empty() : policy.died(now);
        state = delay.isPresent() ? State.RESTARTING : State.FAILED;
        message = component.title() + " ended with status " + child.exitStatus().orElse(-1)
                + (starting ? " before it was ready" : "");
        delay.ifPresent(wait -> nextStep = now.plus(wait));
    }

    /** The message and the end of the log, for people. */
    String explanation() {
        return message + "\n" + child.launch().log() + ":\n  "
                + String.join("\n  ", LogFile.tail(child.launch().log(), 20));
    }
}
