package dev.freshet.local.lifecycle;

import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.StackOptions;
import dev.freshet.local.terminal.Misuse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say which parts of the stack run, and where. */
public final class StackSelection {

    /** A part that can be left out. */
    enum Part {
        JOB,
        API,
        FLINK,
        KAFKA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Options of the job that are given to it already. */
    private static final Set<String> GIVEN = Set.of("checkpoint-interval", "kafka-bootstrap-servers", "opensearch-url");

    /** Options of the query API that are given to it already. */
    private static final Set<String> GIVEN_TO_API = Set.of("host", "port", "kafka-bootstrap-servers", "opensearch-url");

    @Mixin
    private PortOptions ports = new PortOptions();

    @Option(
            names = "--without",
            paramLabel = "PART",
            split = ",",
            description = "Leave parts out: ${COMPLETION-CANDIDATES} (flink and kafka include job).")
    private List<Part> without = new ArrayList<>();

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Give up when not everything is healthy by then (${DEFAULT-VALUE}).")
    private int deadlineSeconds;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Of the ingest job: a number and ms, s, m or h (${DEFAULT-VALUE}).")
    private String checkpointInterval = "";

    @Option(
            names = "--job-option",
            paramLabel = "NAME=VALUE",
            description =
                    "An option of the ingest job, such as guard-documents=5000; repeatable. All are in docs/ingest.md.")
    private Map<String, String> jobOptions = new LinkedHashMap<>();

    @Option(
            names = "--api-option",
            paramLabel = "NAME=VALUE",
            description = "An option of the query API, such as ranking-profile=profile.json; repeatable. All are in"
                    + " docs/retrieval.md.")
    private Map<String, String> apiOptions = new LinkedHashMap<>();

    @Option(
            names = "--flink-option",
            paramLabel = "KEY=VALUE",
            description = "An option of Flink's own, such as s3.endpoint=http://localhost:9000; repeatable.")
    private Map<String, String> flinkOptions = new LinkedHashMap<>();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Refuses options that cannot be used, with one line for the user. */
    public void check() {
        problem().ifPresent(problem -> {
            throw Misuse.of(command, problem);
        });
    }

    private Optional<String> problem() {
        if (deadlineSeconds < 1) {
            return Optional.of("--deadline must be at least 1");
        }
        if (!checkpointInterval.matches("[1-9][0-9]{0,8}(ms|s|m|h)")) {
            return Optional.of("--checkpoint-interval takes a number and ms, s, m or h, such as 10s");
        }
        Optional<String> ofOptions = problem("--job-option", "guard-documents=5000", jobOptions.keySet(), GIVEN)
                .or(() -> problem("--api-option", "ranking-profile=profile.json", apiOptions.keySet(), GIVEN_TO_API));
        if (ofOptions.isPresent()) {
            return ofOptions;
        }
        for (String key : flinkOptions.keySet()) {
            if (!key.matches("[a-z][A-Za-z0-9.-]*")) {
                return Optional.of("--flink-option takes KEY=VALUE, such as s3.endpoint=http://localhost:9000");
            }
        }
        return ports.problem();
    }

    private static Optional<String> problem(String option, String example, Set<String> names, Set<String> given) {
        for (String name : names) {
            if (!name.matches("[a-z][a-z0-9-]*")) {
                return Optional.of(option + " takes NAME=VALUE, such as " + example);
            }
            if (given.contains(name)) {
                return Optional.of(option + " cannot set " + name + ": it follows from the options of up");
            }
        }
        return Optional.empty();
    }

    private List<String> jobArguments() {
        List<String> arguments = new ArrayList<>(List.of("--checkpoint-interval", checkpointInterval));
        arguments.addAll(arguments(jobOptions));
        return arguments;
    }

    private static List<String> arguments(Map<String, String> options) {
        List<String> arguments = new ArrayList<>();
        options.forEach((name, value) -> arguments.addAll(List.of("--" + name, value)));
        return arguments;
    }

    StackOptions options(Workspace workspace, Path home) {
        Set<Component> components = EnumSet.allOf(Component.class);
        if (without.contains(Part.API)) {
            components.remove(Component.API);
        }
        if (without.contains(Part.KAFKA)) {
            components.remove(Component.KAFKA);
        }
        if (without.contains(Part.FLINK)) {
            components.removeAll(Set.of(Component.JOBMANAGER, Component.TASKMANAGER));
        }
        boolean job = !without.contains(Part.JOB) && !without.contains(Part.FLINK) && !without.contains(Part.KAFKA);
        return new StackOptions(
                workspace.project(),
                home,
                workspace.java(),
                components,
                job,
                jobArguments(),
                arguments(apiOptions),
                pairs(flinkOptions),
                List.of(),
                ports.ports(),
                Duration.ofSeconds(deadlineSeconds));
    }

    int deadlineSeconds() {
        return deadlineSeconds;
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(PortOptions.arguments(ports.ports()));
        without.forEach(part -> arguments.add("--without=" + part));
        arguments.add("--deadline=" + deadlineSeconds);
        arguments.add("--checkpoint-interval=" + checkpointInterval);
        pairs(jobOptions).forEach(pair -> arguments.add("--job-option=" + pair));
        pairs(apiOptions).forEach(pair -> arguments.add("--api-option=" + pair));
        pairs(flinkOptions).forEach(pair -> arguments.add("--flink-option=" + pair));
        return arguments;
    }

    private static List<String> pairs(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .toList();
    }
}
