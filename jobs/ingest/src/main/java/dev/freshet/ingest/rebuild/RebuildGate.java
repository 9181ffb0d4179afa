package dev.freshet.ingest.rebuild;

import dev.freshet.core.control.ControlCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets through what concerns the materialize stage, and one rebuild at a time, each once. */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState before anything else
public final class RebuildGate extends ProcessFunction<ControlCommand, ControlCommand> implements CheckpointedFunction {
    public static final String NAME = "rebuild-gate";
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RebuildGate.class);
    /** Of rebuilds that ended, the newest are remembered. */
    private static final int REMEMBERED = 100;

    private transient ListState<KnownRebuild> state;
    private transient List<KnownRebuild> known;
    private transient Counter refused;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("rebuilds", KnownRebuild.class));
        known = new ArrayList<>();
        for (KnownRebuild rebuild : state.get()) {
            known.add(rebuild);
        }
    }

    @Override
    public void open(OpenContext context) {
        MetricGroup group =
                getRuntimeContext().getMetricGroup().addGroup("freshet").addGroup("rebuild");
        group.gauge("underWay", (Gauge<Integer>) () -> underWay() ? 1 : 0);
        refused = group.counter("refused");
    }

    private boolean underWay() {
        return known.stream().anyMatch(KnownRebuild::underWay);
    }

    @Override
    public void processElement(ControlCommand command, Context context, Collector<ControlCommand> out) {
        switch (command.kind()) {
            case REBUILD -> begin(command, out);
            case REBUILT, ABANDONED -> {
                end(command.id());
                out.collect(command);
            }
            case REPAIR -> out.collect(command);
            case PAUSE, RESUME, APPROVE, DISCARD -> {
                // For others.
            }
        }
    }

    private void begin(ControlCommand command, Collector<ControlCommand> out) {
        if (known.stream().anyMatch(rebuild -> rebuild.id().equals(command.id()))) {
            LOG.info("A rebuild was asked for again: rebuild={}", command.id());
            return;
        }
        if (underWay()) {
            refused.inc();
            LOG.warn(
                    "A rebuild was refused, because another one is under way: rebuild={} known={}",
                    command.id(),
                    known);
            return;
        }
        known.add(new KnownRebuild(command.id(), true));
        while (known.size() > REMEMBERED) {
            known.removeFirst();
        }
        LOG.info("A rebuild began: rebuild={}", command.id());
        out.collect(command);
    }

    private void end(String id) {
        known.replaceAll(rebuild -> rebuild.id().equals(id) ? new KnownRebuild(id, false) : rebuild);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(known);
    }
}
