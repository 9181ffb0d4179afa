package dev.freshet.ingest.account;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeKind;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.ingest.parse.ReadRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the account of every source partition: each record that was read is pending until its one outcome arrives, so
 * that the counts always add up, after a crash as well. Records of a partition arrive in the order of their offsets. What is kept of a record is dropped when the watermark passes it.
 */
public final class AccountStage extends KeyedCoProcessFunction<String, ReadRecord, RecordOutcome, IndexWatermark> {
    public static final String NAME = "account";
    private static final long serialVersionUID = 1L;
    private static final long BETWEEN_WATERMARKS_MILLIS = 1_000;

    private transient ValueState<PartitionAccount> account;
    private transient MapState<Long, SeenRecord> seen;
    private transient MapState<Long, Boolean> parked;
    private transient AccountMetrics metrics;

    @Override
    public void open(OpenContext context) {
        account = getRuntimeContext().getState(new ValueStateDescriptor<>("account", PartitionAccount.class));
        seen = getRuntimeContext().getMapState(new MapStateDescriptor<>("seen", Long.class, SeenRecord.class));
        parked = getRuntimeContext().getMapState(new MapStateDescriptor<>("parked", Long.class, Boolean.class));
        metrics = new AccountMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement1(ReadRecord record, Context context, Collector<IndexWatermark> out) throws Exception {
        long offset = record.position().offset();
        SeenRecord known = seen.get(offset);
        if (known != null && known.read()) {
            metrics.unexpected();
            return;
        }
        metrics.read();
        PartitionAccount now = accountOf(record.position()).read(offset);
        if (known == null) {
            seen.put(offset, new SeenRecord(true, null, record.timestamp()));
        } else {
            // The outcome was faster.
            now = settle(now, offset, known.kind(), known.eventTimeMillis(), record.timestamp());
        }
        changed(now, context);
    }

    @Override
    public void processElement2(RecordOutcome outcome, Context context, Collector<IndexWatermark> out)
            throws Exception {
        long offset = outcome.origin().offset();
        PartitionAccount now = accountOf(outcome.origin());
        OutcomeKind kind = outcome.kind();
        if (kind != OutcomeKind.PARKED && now.counts().parked() > 0 && parked.contains(offset)) {
            parked.remove(offset);
            metrics.settled(kind);
            changed(now.unparked(kind), context);
            return;
        }
        long eventTime = outcome.eventTime() == null
                ? PartitionAccount.NO_TIME
                : outcome.eventTime().toEpochMilli();
        SeenRecord known = seen.get(offset);
        if (known != null && known.pending()) {
            changed(settle(now, offset, kind, eventTime, known.eventTimeMillis()), context);
        } else if (known == null ? offset > now.watermark() : waitsForADecision(known) && kind != OutcomeKind.PARKED) {
            seen.put(offset, new SeenRecord(false, kind, eventTime));
        } else {
            metrics.unexpected();
        }
    }

    /** Whether the record was parked, and neither that nor the record itself is counted yet. */
    private static boolean waitsForADecision(SeenRecord known) {
        return !known.read() && known.kind() == OutcomeKind.PARKED;
    }

    private PartitionAccount settle(
            PartitionAccount now, long offset, @Nullable OutcomeKind kind, long eventTime, long timestamp)
            throws Exception {
        if (kind == null) {
            throw new IllegalStateException("an outcome of %s@%d is of no kind".formatted(now.topic(), offset));
        }
        seen.put(offset, new SeenRecord(true, kind, eventTime == PartitionAccount.NO_TIME ? timestamp : eventTime));
        if (kind == OutcomeKind.PARKED) {
            parked.put(offset, true);
        }
        metrics.settled(kind);
        return now.settled(kind);
    }

    private PartitionAccount accountOf(SourcePosition position) throws IOException {
        PartitionAccount known = account.value();
        return known == null ? PartitionAccount.empty(position) : known;
    }

    private void changed(PartitionAccount now, Context context) throws IOException {
        if (!now.changed()) {
            TimerService timers = context.timerService();
            timers.registerProcessingTimeTimer(timers.currentProcessingTime() + BETWEEN_WATERMARKS_MILLIS);
            // Processing time stands still when a bounded input has ended; event time comes to its end then.
            timers.registerEventTimeTimer(Long.MAX_VALUE);
        }
        account.update(now.withChanged(true));
        metrics.now(context.getCurrentKey(), now);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<IndexWatermark> out) throws Exception {
        PartitionAccount now = account.value();
        if (now == null || !now.changed()) {
            return;
        }
        PartitionAccount told = advance(now).withChanged(false);
        account.update(told);
        metrics.now(context.getCurrentKey(), told);
        out.collect(told.told(context.timerService().currentProcessingTime()));
    }

    /** Moves the watermark up to the lowest record that is pending, and forgets what lies below. */
    private PartitionAccount advance(PartitionAccount now) throws Exception {
        long lowestPending = Long.MAX_VALUE;
        for (var entry : seen.entries()) {
            if (entry.getValue().pending()) {
                lowestPending = Math.min(lowestPending, entry.getKey());
            }
        }
        long newest = -1;
        long eventTime = now.eventTimeMillis();
        for (var entries = seen.iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (entry.getValue().read() && entry.getKey() < lowestPending) {
                if (entry.getKey() > newest) {
                    newest = entry.getKey();
                    eventTime = entry.getValue().eventTimeMillis();
                }
                entries.remove();
            }
        }
        if (seen.isEmpty()) {
            // Nothing of it, not even an empty map, is then in the checkpoints.
            seen.clear();
        }
        long watermark = lowestPending == Long.MAX_VALUE ? now.lastRead() : lowestPending - 1;
        return now.withWatermark(watermark, eventTime);
    }
}
