package dev.freshet.ingest.revise;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.revision.Revision;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The stage without a job around it. */
final class ReviseHarness extends KeyedOneInputStreamOperatorTestHarness<String, DocumentChange, Revision> {
    private ReviseHarness(ReviseStage stage) throws Exception {
        super(new KeyedProcessOperator<>(stage), change -> change.key().path(), Types.STRING);
    }

    /** @param snapshot of the one whose state it goes on with; null for a new one */
    static ReviseHarness open(ReviseStage stage, @Nullable OperatorSubtaskState snapshot) throws Exception {
        ReviseHarness harness = new ReviseHarness(stage);
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }

    List<ChangeReceipt> receipts() {
        return getSideOutput(ReviseStage.RECEIPTS).stream()
                .map(StreamRecord::getValue)
                .toList();
    }
}
