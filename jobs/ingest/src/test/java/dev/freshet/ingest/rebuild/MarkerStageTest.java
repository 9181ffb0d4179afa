package dev.freshet.ingest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class MarkerStageTest {
    @Test
    void aGenerationIsWrittenWhenAllSubtasksHaveWrittenTheirs() throws Exception {
        try (var stage = harness()) {
            stage.open();
            stage.processElement(marker("r-1", 0, 2, 0), 0);
            stage.processElement(marker("r-1", 0, 2, 0), 0);
            assertThat(stage.extractOutputValues()).isEmpty();

            stage.processElement(marker("r-1", 1, 2, 0), 0);

            assertThat(stage.extractOutputValues()).containsExactly(new WrittenGeneration("r", "r-1"));
        }
    }

    @Test
    void markersOfGenerationsMayBeMixed() throws Exception {
        try (var stage = harness()) {
            stage.open();
            stage.processElement(marker("r-2", 0, 2, 0), 0);
            stage.processElement(marker("r-1", 1, 2, 0), 0);
            stage.processElement(marker("r-2", 1, 2, 0), 0);

            assertThat(stage.extractOutputValues()).containsExactly(new WrittenGeneration("r", "r-2"));
        }
    }

    @Test
    void afterARestoreOnlyMarkersOfTheNewAttemptCount() throws Exception {
        OperatorSubtaskState snapshot;
        try (var stage = harness()) {
            stage.open();
            stage.processElement(marker("r-1", 0, 2, 0), 0);
            snapshot = stage.snapshot(5, 5);
        }
        try (var stage = harness()) {
            stage.setRestoredCheckpointId(5);
            stage.initializeState(snapshot);
            stage.open();
            stage.processElement(marker("r-1", 0, 2, 0), 0);
            stage.processElement(marker("r-1", 1, 2, 0), 0);
            stage.processElement(marker("r-1", 1, 2, 5), 0);
            assertThat(stage.extractOutputValues()).isEmpty();

            stage.processElement(marker("r-1", 0, 2, 5), 0);

            assertThat(stage.extractOutputValues()).containsExactly(new WrittenGeneration("r", "r-1"));
        }
    }

    private static RebuildMarker marker(String generation, int subtask, int subtasks, long attempt) {
        return new RebuildMarker("r", generation, subtask, subtasks, attempt, "");
    }

    private static OneInputStreamOperatorTestHarness<RebuildMarker, WrittenGeneration> harness() throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new MarkerStage()));
    }
}
