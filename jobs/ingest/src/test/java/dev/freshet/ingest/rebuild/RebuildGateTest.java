package dev.freshet.ingest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebuildGateTest {
    @Test
    void aRebuildIsLetInOnce() throws Exception {
        try (var gate = open(null)) {
            send(gate, command(Kind.REBUILD, "a"), command(Kind.REBUILD, "a"));
            assertThat(passed(gate)).containsExactly("REBUILD a");

            send(gate, command(Kind.REBUILT, "a"), command(Kind.REBUILD, "a"));

            assertThat(passed(gate)).containsExactly("REBUILD a", "REBUILT a");
        }
    }

    @Test
    void anotherRebuildIsRefusedWhileOneIsUnderWay() throws Exception {
        try (var gate = open(null)) {
            send(gate, command(Kind.REBUILD, "a"), command(Kind.REBUILD, "b"));

            assertThat(passed(gate)).containsExactly("REBUILD a");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REBUILT", "ABANDONED"})
    void whenOneHasEndedAnotherMayBegin(Kind end) throws Exception {
        try (var gate = open(null)) {
            send(gate, command(Kind.REBUILD, "a"), command(end, "a"), command(Kind.REBUILD, "b"));

            assertThat(passed(gate)).endsWith(end + " a", "REBUILD b");
        }
    }

    @Test
    void theEndOfAnUnknownRebuildEndsNoOther() throws Exception {
        try (var gate = open(null)) {
            send(gate, command(Kind.REBUILD, "a"), command(Kind.REBUILT, "old"), command(Kind.REBUILD, "b"));

            assertThat(passed(gate)).doesNotContain("REBUILD b");
        }
    }

    @Test
    void afterARestoreWhatIsUnderWayAndWhatWasDoneIsStillKnown() throws Exception {
        OperatorSubtaskState snapshot;
        try (var gate = open(null)) {
            send(
                    gate,
                    command(Kind.REBUILD, "done"),
                    command(Kind.REBUILT, "done"),
                    command(Kind.REBUILD, "under-way"));
            snapshot = gate.snapshot(1, 1);
        }
        try (var gate = open(snapshot)) {
            send(
                    gate,
                    command(Kind.REBUILD, "done"),
                    command(Kind.REBUILD, "under-way"),
                    command(Kind.REBUILD, "other"));

            assertThat(passed(gate)).isEmpty();
        }
    }

    @Test
    void repairsPassAtAnyTimeAndCommandsForOthersDoNot() throws Exception {
        try (var gate = open(null)) {
            send(
                    gate,
                    command(Kind.REBUILD, "a"),
                    command(Kind.REPAIR, "b"),
                    command(Kind.PAUSE, "c"),
                    command(Kind.APPROVE, "d"));

            assertThat(passed(gate)).containsExactly("REBUILD a", "REPAIR b");
        }
    }

    private static ControlCommand command(Kind kind, String id) {
        return Commands.of(kind, id);
    }

    private static void send(
            OneInputStreamOperatorTestHarness<ControlCommand, ControlCommand> gate, ControlCommand... commands)
            throws Exception {
        for (ControlCommand command : commands) {
            gate.processElement(command, 0);
        }
    }

    private static List<String> passed(OneInputStreamOperatorTestHarness<ControlCommand, ControlCommand> gate) {
        return gate.extractOutputValues().stream()
                .map(command -> command.kind() + " " + command.id())
                .toList();
    }

    private static OneInputStreamOperatorTestHarness<ControlCommand, ControlCommand> open(
            @Nullable OperatorSubtaskState snapshot) throws Exception {
        OneInputStreamOperatorTestHarness<ControlCommand, ControlCommand> harness =
                new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new RebuildGate()));
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }
}
