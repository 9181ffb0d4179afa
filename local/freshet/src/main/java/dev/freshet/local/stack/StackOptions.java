package dev.freshet.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Everything a stack is started with.
 *
 * @param project where the built modules lie
 * @param home folder of the state and the logs; nothing is written outside of it
 * @param java the {@code java} program that runs the processes
 * @param components what to start
 * @param ingestJob whether to keep the ingest job running
 * @param ingestArguments further arguments of the ingest job
 * @param apiArguments further arguments of the query API
 * @param flinkOptions options of Flink's own for both of its processes, such as {@code s3.endpoint=…}
 * @param taskManagerFlags further flags of the TaskManager's JVM, also {@code -Dtaskmanager.…} options of Flink
 * @param ports where they listen
 * @param startDeadline until when all of it must be healthy
 */
public record StackOptions(
        Project project,
        Path home,
        Path java,
        Set<Component> components,
        boolean ingestJob,
        List<String> ingestArguments,
        List<String> apiArguments,
        List<String> flinkOptions,
        List<String> taskManagerFlags,
        Ports ports,
        Duration startDeadline) {

    public StackOptions {
        home = home.toAbsolutePath().normalize();
        components = Collections.unmodifiableSet(EnumSet.copyOf(components));
        ingestArguments = List.copyOf(ingestArguments);
        apiArguments = List.copyOf(apiArguments);
        flinkOptions = List.copyOf(flinkOptions);
        taskManagerFlags = List.copyOf(taskManagerFlags);
        Set<Component> needed = EnumSet.complementOf(EnumSet.of(Component.API));
        if (ingestJob && !components.containsAll(needed)) {
            throw new StackException("the ingest job needs OpenSearch, Kafka and Flink: leave it out as well");
        }
    }

    /** A stack of the given components on free ports, run by the same JVM as the test; no ingest job. */
    public static StackOptions forTests(Path home, Component first, Component... more) {
        Path java = ProcessHandle.current()
                .info()
                .command()
                .map(Path::of)
                .orElseThrow(() -> new StackException("the system does not tell which java runs this test"));
        return new StackOptions(
                Project.around(Path.of("")),
                home,
                java,
                EnumSet.of(first, more),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Ports.free(),
                Duration.ofMinutes(2));
    }

    /** The whole stack on free ports, with the ingest job. */
    public static StackOptions wholeForTests(Path home, String... ingestArguments) {
        return forTests(home, Component.OPENSEARCH, Component.values()).with(draft -> {
            draft.ingestJob = true;
            draft.ingestArguments = List.of(ingestArguments);
        });
    }

    /** The same without the query API. */
    public StackOptions withoutApi() {
        return withComponents(EnumSet.complementOf(EnumSet.of(Component.API)));
    }

    /** The same with other components; the ingest job stays as it is. */
    public StackOptions withComponents(Set<Component> others) {
        return with(draft -> draft.components = others);
    }

    /** The same home and ports without the ingest job: only these components. */
    public StackOptions only(Component first, Component... more) {
        return with(draft -> {
            draft.components = EnumSet.of(first, more);
            draft.ingestJob = false;
        });
    }

    /** The same with other arguments of the ingest job. */
    public StackOptions withIngestArguments(String... arguments) {
        return with(draft -> draft.ingestArguments = List.of(arguments));
    }

    /** The same with other arguments of the query API. */
    public StackOptions withApiArguments(String... arguments) {
        return with(draft -> draft.apiArguments = List.of(arguments));
    }

    /** The same with other options of Flink's own, each {@code KEY=VALUE}. */
    public StackOptions withFlinkOptions(String... options) {
        return with(draft -> draft.flinkOptions = List.of(options));
    }

    /** The same with further flags of the TaskManager's JVM. */
    public StackOptions withTaskManagerFlags(String... flags) {
        return with(draft -> draft.taskManagerFlags = List.of(flags));
    }

    /** The same with another time to become healthy in. */
    public StackOptions withStartDeadline(Duration deadline) {
        return with(draft -> draft.startDeadline = deadline);
    }

    /** Where Flink looks for plugins, such as file systems: a folder for each, with its jar. */
    public Path plugins() {
        return home.resolve("plugins");
    }

    Path logOf(Component component) {
        return home.resolve("logs").resolve(component.id() + ".log");
    }

    Path pidFiles() {
        return home.resolve("run");
    }

    private StackOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new StackOptions(
                project,
                home,
                java,
                draft.components,
                draft.ingestJob,
                draft.ingestArguments,
                draft.apiArguments,
                draft.flinkOptions,
                draft.taskManagerFlags,
                ports,
                draft.startDeadline);
    }

    /** What can be changed of options that are there. */
    private static final class Draft {
        Set<Component> components;
        boolean ingestJob;
        List<String> ingestArguments;
        List<String> apiArguments;
        List<String> flinkOptions;
        List<String> taskManagerFlags;
        Duration startDeadline;

        Draft(StackOptions options) {
            this.components = options.components;
            this.ingestJob = options.ingestJob;
            this.ingestArguments = options.ingestArguments;
            this.apiArguments = options.apiArguments;
            this.flinkOptions = options.flinkOptions;
            this.taskManagerFlags = options.taskManagerFlags;
            this.startDeadline = options.startDeadline;
        }
    }
}
