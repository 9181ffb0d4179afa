package dev.freshet.local.stack;

import dev.freshet.local.flink.JobMetrics;
import dev.freshet.local.process.Child;
import dev.freshet.local.process.LogFile;
import dev.freshet.local.stack.ComponentStatus.State;
import dev.freshet.local.stack.StackStatus.IngestJobStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Real OpenSearch, Kafka, Flink and query API as child processes of this one.
 *
 * <p>Once started, a dead process is started again and the ingest job with it, until {@link #close} stops everything in
 * reverse order. Data stays in the home folder: the next start continues. Everything is stopped when this JVM ends.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration STARTING_TICK = Duration.ofMillis(300);
    private static final Duration RUNNING_TICK = Duration.ofMillis(500);
    private static final Duration CHECKPOINT_DEADLINE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final StackOptions options;
    private final Map<Component, Supervised> components = new EnumMap<>(Component.class);
    private final @Nullable IngestJob job;
    private final Consumer<StackStatus> listener;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread shutdownHook = new Thread(this::close, "stop-stack");

    private volatile StackStatus status;
    private volatile Thread driver = Thread.currentThread();

    private LocalStack(StackOptions options, Consumer<StackStatus> listener) {
        this.options = options;
        this.listener = listener;
        Launches launches = new Launches(options);
        for (Component component : options.components()) {
            components.put(component, new Supervised(component, launches, Readiness.of(component, options.ports())));
        }
        this.job = options.ingestJob() ? new IngestJob(options, launches.checkpoints("ingest")) : null;
        this.status = snapshot();
    }

    /** Starts what the options name and returns when all of it is healthy. */
    public static LocalStack start(StackOptions options) {
        return start(options, status -> {});
    }

    /** The same; the listener is called with every change, also after the start, by one thread at a time. */
    public static LocalStack start(StackOptions options, Consumer<StackStatus> listener) {
        try {
            Preflight.check(options);
            LocalStack stack = new LocalStack(options, listener);
            Runtime.getRuntime().addShutdownHook(stack.shutdownHook);
            stack.bringUp();
            return stack;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the stack was starting", e);
        }
    }

    public URI openSearch() {
        return Readiness.loopback(options.ports().openSearch());
    }

    public String kafkaBootstrapServers() {
        return "127.0.0.1:" + options.ports().kafka();
    }

    public URI flink() {
        return Readiness.loopback(options.ports().flink());
    }

    public URI api() {
        return Readiness.loopback(options.ports().api());
    }

    public StackOptions options() {
        return options;
    }

    /** The newest look at all components; at most about a second old. */
    public StackStatus status() {
        return status;
    }

    /** Metrics of the ingest job, whatever its id is after a restart. */
    public JobMetrics jobMetrics() {
        return new JobMetrics(flink(), this::jobId);
    }

    /** Flink's id of the ingest job. */
    public String jobId() {
        return status.job()
                .map(IngestJobStatus::id)
                .orElseThrow(() -> new StackException("this stack runs without the ingest job"));
    }

    /** The process id of a component, or -1 while it is down. */
    public long pid(Component component) {
        return supervised(component).child().pid();
    }

    /** SIGKILL; the stack starts the component again by itself. */
    public void kill(Component component) throws InterruptedException {
        supervised(component).child().kill();
        // From here on the status says so: awaitHealthy waits for the new process, not for the old news.
        step(false);
    }

    /** Waits until everything is healthy. */
    public synchronized void awaitHealthy(Duration deadline) throws InterruptedException {
        long until = System.nanoTime() + deadline.toNanos();
        while (!status.healthy()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                throw new StackException("the stack is not healthy after " + deadline.toSeconds() + " s: " + status);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Takes a last checkpoint and stops everything in reverse order; data stays. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (!driver.equals(Thread.currentThread())) {
            driver.interrupt();
        }
        synchronized (this) {
            try {
                if (job != null) {
                    job.checkpoint(CHECKPOINT_DEADLINE);
                }
                stop(Component.API);
                stop(Component.TASKMANAGER, Component.JOBMANAGER);
                stop(Component.KAFKA, Component.OPENSEARCH);
            } catch (InterruptedException e) {
                components.values().forEach(component -> component.child().kill());
                Thread.currentThread().interrupt();
            }
            publish();
        }
        forgetShutdownHook();
    }

    private void stop(Component... names) throws InterruptedException {
        List<Child> children = new ArrayList<>();
        for (Component name : names) {
            Supervised component = components.get(name);
            if (component != null) {
                children.add(component.child());
            }
        }
        Child.stop(children, GRACE);
        for (Component name : names) {
            Optional.ofNullable(components.get(name)).ifPresent(Supervised::stopped);
        }
    }

    private void forgetShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is ending: this is the hook.
        }
    }

    private void bringUp() throws InterruptedException {
        long deadline = System.nanoTime() + options.startDeadline().toNanos();
        try {
            while (!status.healthy()) {
                step(true);
                failOnDeath();
                if (System.nanoTime() > deadline) {
                    throw new StackException(late());
                }
                Thread.sleep(STARTING_TICK.toMillis());
            }
        } catch (StackException | InterruptedException e) {
            close();
            throw e;
        }
        driver = new Thread(this::keepUp, "watch-stack");
        driver.setDaemon(true);
        driver.start();
    }

    private void keepUp() {
        try {
            while (!closing.get()) {
                Thread.sleep(RUNNING_TICK.toMillis());
                watch();
            }
        } catch (InterruptedException e) {
            // close() interrupts.
        }
    }

    /** One look that goes wrong, for instance because the disk is full, must not be the last one. */
    private void watch() throws InterruptedException {
        try {
            step(false);
        } catch (UncheckedIOException e) {
            System.err.println("a look at the stack failed and will be repeated: " + e.getMessage());
        }
    }

    private synchronized void step(boolean starting) throws InterruptedException {
        if (closing.get()) {
            throw new InterruptedException("closing");
        }
        Instant now = Instant.now();
        for (Map.Entry<Component, Supervised> entry : components.entrySet()) {
            entry.getValue().step(now, healthy(entry.getKey().after()), starting);
            rotate(entry.getValue());
        }
        if (job != null) {
            step(job, now);
        }
        publish();
    }

    private void step(IngestJob ingest, Instant now) {
        if (!alive(Component.JOBMANAGER) || !alive(Component.TASKMANAGER)) {
            ingest.doubt(now);
        }
        if (healthy(List.of(Component.OPENSEARCH, Component.KAFKA, Component.JOBMANAGER, Component.TASKMANAGER))) {
            ingest.step(now);
        }
    }

    private boolean alive(Component component) {
        return supervised(component).child().alive();
    }

    private static void rotate(Supervised component) {
        try {
            LogFile.rotate(component.child().launch().log());
        } catch (IOException e) {
            // The next look tries again; a full disk shows up elsewhere.
        }
    }

    private boolean healthy(Iterable<Component> needed) {
        for (Component component : needed) {
            Supervised found = components.get(component);
            if (found != null && found.state() != State.HEALTHY) {
                return false;
            }
        }
        return true;
    }

    private void failOnDeath() {
        for (Supervised component : components.values()) {
            if (component.state() == State.FAILED) {
                throw new StackException(component.explanation());
            }
        }
        if (job != null && job.ended()) {
            throw new StackException("the ingest job is " + job.status().state() + ": "
                    + job.status().message());
        }
    }

    private String late() {
        StringBuilder text = new StringBuilder("not healthy after ")
                .append(options.startDeadline().toSeconds())
                .append(" s:");
        if (job != null && !job.status().healthy()) {
            text.append("\nthe ingest job is ")
                    .append(job.status().state())
                    .append(": ")
                    .append(job.status().message());
        }
        components.values().stream()
                .filter(component -> component.state() != State.HEALTHY)
                .forEach(component -> text.append('\n').append(component.explanation()));
        return text.toString();
    }

    private synchronized void publish() {
        StackStatus now = snapshot();
        if (!now.equals(status)) {
            status = now;
            notifyAll();
            listener.accept(now);
        }
    }

    private StackStatus snapshot() {
        List<ComponentStatus> all =
                components.values().stream().map(Supervised::status).toList();
        Optional<IngestJobStatus> jobStatus = Optional.ofNullable(job).map(IngestJob::status);
        return new StackStatus(all, jobStatus);
    }

    private Supervised supervised(Component component) {
        Supervised found = components.get(component);
        if (found == null) {
            throw new StackException(component.title() + " is not part of this stack");
        }
        return found;
    }
}
