package dev.freshet.local.stack;

import dev.freshet.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command line of every component. */
final class Launches {

    private static final int FIRST_JAVA_THAT_WARNS_OF_UNSAFE = 23;

    /**
     * ONNX Runtime reports home unless told otherwise; besides, what collects the report for it overflows the stack where
     * the command line is as long as a class path.
     */
    private static final Map<String, String> NO_TELEMETRY = Map.of("ORT_DISABLE_TELEMETRY", "1");

    private final StackOptions options;

    Launches(StackOptions options) {
        this.options = options;
    }

    Launch of(Component component) {
        List<String> command = new ArrayList<>();
        command.add(options.java().toString());
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(
                switch (component) {
                    case OPENSEARCH -> openSearch();
                    case KAFKA -> kafka();
                    case JOBMANAGER -> jobManager();
                    case TASKMANAGER -> taskManager();
                    case API -> api();
                });
        return new Launch(
                component.id(),
                command,
                environment(component),
                options.home().resolve(component.id()),
                options.logOf(component),
                options.pidFiles().resolve(component.id() + ".pid"));
    }

    private Map<String, String> environment(Component component) {
        return switch (component) {
            case JOBMANAGER, TASKMANAGER -> {
                Map<String, String> environment = new HashMap<>(NO_TELEMETRY);
                environment.put("FLINK_PLUGINS_DIR", options.plugins().toString());
                yield environment;
            }
            case OPENSEARCH, KAFKA, API -> NO_TELEMETRY;
        };
    }

    /** Scratch files of a killed process are of no use to the next one. */
    void clean(Component component) throws IOException {
        Path scratch = scratch(component);
        if (Files.exists(scratch)) {
            try (Stream<Path> files = Files.walk(scratch)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.createDirectories(scratch);
    }

    private String classPath(String module) {
        return options.project().stagedClassPath(module, options.home().resolve("lib"));
    }

    private Path scratch(Component component) {
        return options.home().resolve(component.id()).resolve("tmp");
    }

    private List<String> openSearch() {
        return List.of(
                "-Xms512m",
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + scratch(Component.OPENSEARCH),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath("local/opensearch"),
                "dev.freshet.local.opensearch.LocalOpenSearch",
                "--home",
                options.home().resolve(Component.OPENSEARCH.id()).toString(),
                "--http-port",
                Integer.toString(options.ports().openSearch()));
    }

    private List<String> kafka() {
        return List.of(
                "-Xms64m",
                "-Xmx320m",
                "-XX:+UseSerialGC",
                // It moves bytes; to compile it well would cost more than it brings.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath("local/kafka"),
                "dev.freshet.local.kafka.LocalKafka",
                "--home",
                options.home().resolve(Component.KAFKA.id()).toString(),
                "--port",
                Integer.toString(options.ports().kafka()),
                "--controller-port",
                Integer.toString(options.ports().kafkaController()));
    }

    private List<String> jobManager() {
        List<String> command =
                flink(Component.JOBMANAGER, "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
        command.add("-Drest.port=" + options.ports().flink());
        command.add("-Drest.bind-port=" + options.ports().flink());
        command.add("-Djobmanager.rpc.bind-port=" + options.ports().flinkRpc());
        command.add("-Dweb.upload.dir=" + scratch(Component.JOBMANAGER));
        return command;
    }

    private List<String> taskManager() {
        List<String> command = flink(Component.TASKMANAGER, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
        for (String flag : options.taskManagerFlags()) {
            if (flag.startsWith("-Dtaskmanager.")) {
                command.add(flag);
            } else {
                // Behind those of the file: the last one counts.
                command.add(1, flag);
            }
        }
        return command;
    }

    private List<String> flink(Component component, String mainClass) {
        Path conf = options.project().flinkConfiguration();
        List<String> command = new ArrayList<>(List.of(
                "@" + conf.resolve(component.id() + ".jvm"),
                // Flink's web UI shows the log that it finds here.
                "-Dlog.file=" + options.logOf(component),
                "-Dlog4j2.configurationFile="
                        + conf.resolve("log4j2.properties").toUri(),
                "-Djava.io.tmpdir=" + scratch(component),
                "-cp",
                classPath("local/flink"),
                mainClass,
                "--configDir",
                conf.toString()));
        command.add("-Djobmanager.rpc.port=" + options.ports().flinkRpc());
        command.add("-Dio.tmp.dirs=" + scratch(component));
        command.add("-Dexecution.checkpointing.dir=" + checkpoints("jobs").toUri());
        command.add("-Dexecution.checkpointing.savepoint-dir="
                + options.home().resolve("savepoints").toUri());
        options.flinkOptions().forEach(option -> command.add("-D" + option));
        return command;
    }

    /** Where the checkpoints of one kind of job lie. */
    Path checkpoints(String kind) {
        return options.home().resolve("checkpoints").resolve(kind);
    }

    private List<String> api() {
        List<String> command = new ArrayList<>(List.of(
                "-Xms64m",
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // For MaxSim over token vectors.
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + scratch(Component.API),
                "-cp",
                classPath("query-api"),
                "dev.freshet.query.QueryApi",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(options.ports().api()),
                "--opensearch-url",
                "http://127.0.0.1:" + options.ports().openSearch(),
                "--kafka-bootstrap-servers",
                "127.0.0.1:" + options.ports().kafka()));
        command.addAll(options.apiArguments());
        return command;
    }
}
