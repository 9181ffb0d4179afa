package dev.freshet.ingest.account;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import org.apache.flink.streaming.api.functions.co.CoFlatMapFunction;
import org.apache.flink.util.Collector;

/** The outcomes of records among all receipts and dead letters: not those of derived deletes, and not those of chunks. */
public final class OutcomesOfRecords implements CoFlatMapFunction<ChangeReceipt, DeadLetter, RecordOutcome> {
    public static final String NAME = "outcomes-of-records";
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap1(ChangeReceipt receipt, Collector<RecordOutcome> out) {
        if (!receipt.derived()) {
            out.collect(RecordOutcome.of(receipt));
        }
    }

    @Override
    public void flatMap2(DeadLetter letter, Collector<RecordOutcome> out) {
        if (letter.scope() == DeadLetter.Scope.RECORD) {
            out.collect(RecordOutcome.deadLettered(letter.origin()));
        }
    }
}
