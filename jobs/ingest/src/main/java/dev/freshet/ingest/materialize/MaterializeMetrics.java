package dev.freshet.ingest.materialize;

import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the materialize stage, in the groups {@code freshet.materialize} and {@code freshet.rebuild}. */
final class MaterializeMetrics {
    private final Counter chunksWritten;
    private final Counter chunksRemoved;
    private final Counter repaired;
    private final Counter repairsUnknown;
    private final Counter documentsWritten;

    /** @param documentsLeft of the rebuild under way, in this subtask */
    MaterializeMetrics(MetricGroup operator, IntSupplier documentsLeft) {
        MetricGroup group = operator.addGroup("freshet").addGroup(MaterializeStage.NAME);
        chunksWritten = group.counter("chunksWritten");
        chunksRemoved = group.counter("chunksRemoved");
        repaired = group.counter("documentsRepaired");
        repairsUnknown = group.counter("repairsOfUnknown");
        MetricGroup rebuild = operator.addGroup("freshet").addGroup("rebuild");
        documentsWritten = rebuild.counter("documentsWritten");
        rebuild.gauge("documentsLeft", (Gauge<Integer>) documentsLeft::getAsInt);
    }

    void updated(IndexUpdate update) {
        chunksWritten.inc(update.puts().size());
        chunksRemoved.inc(update.deletes().size());
    }

    void rebuilt() {
        documentsWritten.inc();
    }

    void repaired() {
        repaired.inc();
    }

    void unknown() {
        repairsUnknown.inc();
    }
}
