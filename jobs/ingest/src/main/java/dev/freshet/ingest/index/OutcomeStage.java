package dev.freshet.ingest.index;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.ingest.deadletter.DeadLetters;
import dev.freshet.ingest.rebuild.RebuildMarker;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Takes an indexed change apart: the receipt goes on, refused writes go to the dead letters, markers to the rebuild. */
public final class OutcomeStage extends ProcessFunction<IndexedChange, ChangeReceipt> {
    public static final String NAME = "outcome";
    public static final OutputTag<RebuildMarker> MARKERS = new OutputTag<>("rebuild-markers") {
        private static final long serialVersionUID = 1L;
    };
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(IndexedChange indexed, Context context, Collector<ChangeReceipt> out) {
        indexed.refused().forEach(letter -> context.output(DeadLetters.TAG, letter));
        if (indexed.marker() != null) {
            context.output(MARKERS, indexed.marker());
        }
        if (indexed.receipt() != null) {
            out.collect(indexed.receipt());
        }
    }
}
