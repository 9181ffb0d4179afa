package dev.freshet.ingest.deadletter;

import dev.freshet.core.document.DeadLetter;
import org.apache.flink.util.OutputTag;

/** The side output that every stage sends its dead letters to. */
public final class DeadLetters {
    public static final OutputTag<DeadLetter> TAG = new OutputTag<>("dead-letters") {
        private static final long serialVersionUID = 1L;
    };

    private DeadLetters() {}
}
