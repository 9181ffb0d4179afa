package dev.freshet.ingest.extract;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.ingest.deadletter.DeadLetters;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Takes extracted changes apart: those with their text go on, the others go to the dead letters. */
public final class ExtractedStage extends ProcessFunction<ExtractedChange, DocumentChange> {
    public static final String NAME = "extracted";
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(ExtractedChange extracted, Context context, Collector<DocumentChange> out) {
        if (extracted.refused() != null) {
            context.output(DeadLetters.TAG, extracted.refused());
        }
        if (extracted.change() != null) {
            out.collect(extracted.change());
        }
    }
}
