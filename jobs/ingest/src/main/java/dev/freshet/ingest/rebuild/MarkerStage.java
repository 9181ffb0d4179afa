package dev.freshet.ingest.rebuild;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Waits for the markers of all subtasks. After a restore every subtask writes everything again, so only the markers of this
 * attempt count, and none are kept.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState before anything else
public final class MarkerStage extends ProcessFunction<RebuildMarker, WrittenGeneration>
        implements CheckpointedFunction {
    public static final String NAME = "rebuild-markers";
    private static final long serialVersionUID = 1L;

    private transient long attempt;
    /** The subtasks that are done, by generation; a late marker of an earlier one may come between. */
    private transient Map<String, Set<Integer>> done;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        // A task without any state is not told which checkpoint the job was restored from.
        ListState<Integer> unused =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("attempt", Integer.class));
        attempt = context.getRestoredCheckpointId().orElse(0);
        done = new HashMap<>();
    }

    @Override
    public void processElement(RebuildMarker marker, Context context, Collector<WrittenGeneration> out) {
        if (marker.attempt() != attempt) {
            return;
        }
        Set<Integer> subtasks = done.computeIfAbsent(marker.generation(), ignored -> new HashSet<>());
        subtasks.add(marker.subtask());
        if (subtasks.size() == marker.subtasks()) {
            done.remove(marker.generation());
            out.collect(new WrittenGeneration(marker.rebuild(), marker.generation()));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}
}
