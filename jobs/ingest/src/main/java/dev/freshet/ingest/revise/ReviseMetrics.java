package dev.freshet.ingest.revise;

import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.revision.Revision;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the revise stage, in the group {@code freshet.revise}. */
final class ReviseMetrics {
    private final Counter accepted;
    private final Counter unchanged;
    private final Counter superseded;
    private final Counter deadLettered;
    private final Counter chunks;
    private final Counter chunksNew;

    ReviseMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("freshet").addGroup(ReviseStage.NAME);
        accepted = group.counter("accepted");
        unchanged = group.counter("unchanged");
        superseded = group.counter("superseded");
        deadLettered = group.counter("deadLettered");
        chunks = group.counter("chunks");
        chunksNew = group.counter("chunksNew");
    }

    void accepted(Revision revision) {
        if (revision.outcome() == Outcome.UNCHANGED) {
            unchanged.inc();
        } else {
            accepted.inc();
        }
        chunks.inc(revision.manifest().size());
        chunksNew.inc(revision.added().size());
    }

    void unchanged() {
        unchanged.inc();
    }

    void superseded() {
        superseded.inc();
    }

    void deadLettered() {
        deadLettered.inc();
    }
}
