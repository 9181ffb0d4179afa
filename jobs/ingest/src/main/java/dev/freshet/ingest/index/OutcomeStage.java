package dev.freshet.ingest.index;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.ingest.deadletter.DeadLetters;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Takes an indexed change apart: the receipt goes on, refused writes go to the dead letters. */
public final class OutcomeStage extends ProcessFunction<IndexedChange, ChangeReceipt> {
    public static final String NAME = "outcome";
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(IndexedChange indexed, Context context, Collector<ChangeReceipt> out) {
        indexed.refused().forEach(letter -> context.output(DeadLetters.TAG, letter));
        out.collect(indexed.receipt());
    }
}
