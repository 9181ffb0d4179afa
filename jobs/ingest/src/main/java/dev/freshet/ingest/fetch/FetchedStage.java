package dev.freshet.ingest.fetch;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.ingest.deadletter.DeadLetters;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Takes fetched changes apart: those with their text go on, the others go to the dead letters. */
public final class FetchedStage extends ProcessFunction<FetchedChange, DocumentChange> {
    public static final String NAME = "fetched";
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(FetchedChange fetched, Context context, Collector<DocumentChange> out) {
        if (fetched.refused() != null) {
            context.output(DeadLetters.TAG, fetched.refused());
        }
        if (fetched.change() != null) {
            out.collect(fetched.change());
        }
    }
}
