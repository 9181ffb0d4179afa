package dev.freshet.acceptance;

import static dev.freshet.acceptance.Pipeline.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.envelope.ControlJson;
import dev.freshet.local.stack.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What an operator tells the running job from a terminal. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorCommandsIT {
    @TempDir
    private static Path home;

    private static Pipeline pipeline;
    private static OperatorTerminal terminal;

    @BeforeAll
    static void start() {
        pipeline = Pipeline.start(StackOptions.wholeForTests(home, "--checkpoint-interval", "3s"));
        terminal = new OperatorTerminal(pipeline, home);
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    @Order(1)
    void aPausedJobReadsNothingUntilItIsResumed() throws Exception {
        terminal.run("pause").succeeded();
        JobMetrics metrics = new JobMetrics(pipeline.stack());
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> metrics.sum("freshet.source.paused") > 0);
        pipeline.documents().send(upsert("paused", 1, "Read after the pause."));
        pipeline.documents().log();

        terminal.run("resume").succeeded();

        pipeline.assertIndexEqualsFold();
    }

    @Test
    @Order(2)
    void commandsToTheJobLieInTheControlTopic() throws Exception {
        for (String line : List.of("approve --tenant=acme", "discard --tenant=acme", "rebuild", "pause", "resume")) {
            terminal.run(line.split(" ", -1)).succeeded();
        }

        List<ControlCommand> commands = TopicLog.read(pipeline.stack().kafkaBootstrapServers(), "control").stream()
                .map(record -> ControlJson.read(Objects.requireNonNull(record.value())))
                .toList();
        assertThat(commands)
                .extracting(ControlCommand::kind)
                .containsSubsequence(
                        ControlCommand.Kind.APPROVE,
                        ControlCommand.Kind.DISCARD,
                        ControlCommand.Kind.REBUILD,
                        ControlCommand.Kind.PAUSE,
                        ControlCommand.Kind.RESUME);
        assertThat(commands)
                .extracting(ControlCommand::tenant)
                .filteredOn(Objects::nonNull)
                .containsExactly("acme", "acme");
    }
}
