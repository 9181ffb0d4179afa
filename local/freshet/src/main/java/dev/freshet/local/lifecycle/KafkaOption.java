package dev.freshet.local.lifecycle;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which Kafka a command works with. */
public final class KafkaOption {

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--kafka-bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Of another cluster (default: the stack that runs).")
    private @Nullable String bootstrapServers;

    public String in(Workspace workspace) {
        return bootstrapServers == null ? stack(workspace).kafkaBootstrapServers() : bootstrapServers;
    }

    /** The stack that runs, for what no option names. */
    public RunningStack stack(Workspace workspace) {
        return RunningStack.require(home.in(workspace));
    }
}
