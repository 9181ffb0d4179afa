package dev.freshet.ingest.materialize;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the materialize stage, in the group {@code freshet.materialize}. */
final class MaterializeMetrics {
    private final Counter chunksWritten;
    private final Counter chunksRemoved;

    MaterializeMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("freshet").addGroup(MaterializeStage.NAME);
        chunksWritten = group.counter("chunksWritten");
        chunksRemoved = group.counter("chunksRemoved");
    }

    void updated(IndexUpdate update) {
        chunksWritten.inc(update.puts().size());
        chunksRemoved.inc(update.deletes().size());
    }
}
