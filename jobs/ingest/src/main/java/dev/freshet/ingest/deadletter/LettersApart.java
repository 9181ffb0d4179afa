package dev.freshet.ingest.deadletter;

import dev.freshet.core.document.DocumentChange;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Takes the results of an asynchronous stage apart, which has no side output of its own: changes go on, the others to the dead letters. */
public final class LettersApart extends ProcessFunction<ChangeOrLetter, DocumentChange> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(ChangeOrLetter result, Context context, Collector<DocumentChange> out) {
        if (result.refused() != null) {
            context.output(DeadLetters.TAG, result.refused());
        }
        if (result.change() != null) {
            out.collect(result.change());
        }
    }
}
