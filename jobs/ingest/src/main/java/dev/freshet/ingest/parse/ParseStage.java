package dev.freshet.ingest.parse;

import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome.Refused;
import dev.freshet.core.envelope.EnvelopeOutcome.Understood;
import dev.freshet.ingest.deadletter.DeadLetters;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Reads the envelope of every record; what is no change becomes a dead letter, and the job goes on. */
public final class ParseStage extends ProcessFunction<RawRecord, DocumentChange> {
    public static final String NAME = "parse";

    /** Every record, before anything else is done with it. */
    public static final OutputTag<ReadRecord> READS = new OutputTag<>("reads") {
        private static final long serialVersionUID = 1L;
    };

    private static final long serialVersionUID = 1L;

    private final int largestRecord;
    private transient ChangeReader reader;
    private transient ParseMetrics metrics;

    /** @param largestRecord in bytes; larger records are dead-lettered unread */
    public ParseStage(int largestRecord) {
        this.largestRecord = largestRecord;
    }

    @Override
    public void open(OpenContext context) {
        reader = new ChangeReader(largestRecord);
        metrics = new ParseMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(RawRecord raw, Context context, Collector<DocumentChange> out) {
        context.output(READS, ReadRecord.of(raw));
        switch (reader.read(raw)) {
            case Understood(DocumentChange change, int ignoredFields) -> {
                metrics.understood(ignoredFields);
                out.collect(change);
            }
            case Refused refused -> {
                metrics.refused();
                context.output(
                        DeadLetters.TAG,
                        DeadLetter.ofRecord(
                                raw, refused.key(), NAME, refused.reason(), refused.message(), Instant.now()));
            }
        }
    }
}
