package dev.freshet.ingest.guard;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.ingest.deadletter.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which documents a delete by filter means, and parks deletes that would cost a tenant too much at once.
 *
 * <p>A delete, or a delete by filter with all its matches, is parked when the tenant would have lost more than {@link GuardLimits} allow; so
 * is every later delete of the tenant, one that costs nothing and a repeated record included, until the tenant is approved or discarded.
 * What counts is the net loss against the most that the tenant had inside the window: documents that are deleted and created anew, as
 * renames are, do not add up, and neither do deletes of documents that are not live. A document that arrives late and falls to a filter that
 * was let go before is deleted without being judged again, but counts as lost. The window is one of processing time: a job that starts
 * without state reads years within minutes, and may hold back again what was approved then.
 *
 * <p>Approving lets go what is parked, in its order; filters mean what they match then, and the window begins anew. Discarding makes a dead
 * letter of every parked record, and leaves the window as it is. Upserts are never held: a newer one makes the released delete superseded.
 *
 * <p>All changes of a document take this one way, although upserts and patches only pass. A replay therefore brings them to the next stage
 * in the same order as before a crash; else it could skip an upsert that only the index remembers, and leave its chunks there.
 */
public final class GuardStage extends KeyedCoProcessFunction<String, GuardEvent, ControlCommand, DocumentChange>
        implements CheckpointedFunction {
    public static final String NAME = "guard";

    /** One for every record with a delete by filter that was carried out. */
    public static final OutputTag<ChangeReceipt> RECEIPTS = new OutputTag<>("filter-receipts") {
        private static final long serialVersionUID = 1L;
    };

    /** Where records lie that are held back now; each has its receipt or dead letter later. */
    public static final OutputTag<SourcePosition> PARKED = new OutputTag<>("parked") {
        private static final long serialVersionUID = 1L;
    };

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GuardStage.class);

    private static final String DISCARDED =
            "the delete was held back, and discarded by an operator; send it again if it is wanted after all";

    private final GuardLimits limits;
    private final Duration tombstoneTtl;
    private transient TenantDocuments documents;
    private transient ParkedChanges parked;
    private transient CarriedOut carriedOut;
    private transient @Nullable ListState<Long> parkedHereState;
    private transient long parkedHere;
    private transient GuardMetrics metrics;

    /** @param tombstoneTtl how long deletes and filters are remembered for changes that arrive late */
    public GuardStage(GuardLimits limits, Duration tombstoneTtl) {
        this.limits = limits;
        this.tombstoneTtl = tombstoneTtl;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        // Keyed state cannot be counted. After a change of parallelism the sum over all subtasks is right.
        ListState<Long> counts =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("parked-here", Long.class));
        parkedHere = 0;
        for (long records : counts.get()) {
            parkedHere += records;
        }
        parkedHereState = counts;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(parkedHereState, "initialized").update(List.of(parkedHere));
    }

    @Override
    public void open(OpenContext context) {
        documents = new TenantDocuments(getRuntimeContext(), limits, tombstoneTtl);
        parked = new ParkedChanges(getRuntimeContext());
        carriedOut = new CarriedOut(getRuntimeContext());
        metrics = new GuardMetrics(getRuntimeContext().getMetricGroup(), this::parkedHere);
    }

    @Override
    public void processElement1(GuardEvent event, Context context, Collector<DocumentChange> out) throws Exception {
        switch (event.operation()) {
            case UPSERT -> {
                out.collect(event.change());
                deleteLate(documents.upserted(event, now(context)), event, out);
            }
            case PATCH -> {
                out.collect(event.change());
                if (!event.leavesMetadata()) {
                    deleteLate(documents.patched(event, now(context)), event, out);
                }
            }
            case DELETE, DELETE_BY_FILTER -> judge(event.change(), context, out);
        }
    }

    private void deleteLate(@Nullable DocumentChange filter, GuardEvent event, Collector<DocumentChange> out) {
        if (filter != null) {
            metrics.deletedLate();
            out.collect(filter.deleteOf(event.documentId()));
        }
    }

    private void judge(DocumentChange change, Context context, Collector<DocumentChange> out) throws Exception {
        if (parked.records() > 0) {
            park(change, context);
            return;
        }
        long lost = documents.lostBy(change);
        long left = documents.live() - lost;
        long most = documents.most(now(context));
        if (lost > 0 && limits.exceededBy(most, left)) {
            LOG.warn(
                    "Deletes are held back: tenant={} left={} most={} position={}; look at them, then run"
                            + " 'freshet approve --tenant {}' or 'freshet discard --tenant {}'",
                    change.tenant(),
                    left,
                    most,
                    change.position(),
                    change.tenant(),
                    change.tenant());
            park(change, context);
            return;
        }
        letGo(change, context, out);
    }

    private void park(DocumentChange change, Context context) throws Exception {
        if (!parked.add(change)) {
            metrics.refused();
            String message =
                    "%d MiB of deletes of the tenant are held back; approve or discard them, then send this one again"
                            .formatted(ParkedChanges.MOST_BYTES >> 20);
            context.output(DeadLetters.TAG, deadLetter(change, "too_many_held_back", message));
            return;
        }
        parkedHere++;
        context.output(PARKED, change.position());
    }

    private void letGo(DocumentChange change, Context context, Collector<DocumentChange> out) throws Exception {
        if (change.operation() == Operation.DELETE) {
            documents.deleted(change, now(context));
            out.collect(change);
            return;
        }
        DocumentChange filter = RememberedFilter.withoutBytes(change);
        long matches = documents.deletedByFilter(filter, id -> out.collect(filter.deleteOf(id)), now(context));
        metrics.resolved(matches);
        Outcome outcome = matches == 0 ? Outcome.UNCHANGED : Outcome.APPLIED;
        context.output(RECEIPTS, ChangeReceipt.withoutWrite(change, outcome, 0, Instant.now()));
    }

    @Override
    public void processElement2(ControlCommand command, Context context, Collector<DocumentChange> out)
            throws Exception {
        boolean approved = command.kind() == Kind.APPROVE;
        if (!approved && command.kind() != Kind.DISCARD) {
            return;
        }
        if (!carriedOut.add(command.id())) {
            return;
        }
        long records = parked.records();
        if (records == 0) {
            return;
        }
        if (approved) {
            parked.drain(change -> letGo(change, context, out));
            documents.forgetPast();
            metrics.released(records);
        } else {
            parked.drain(change -> context.output(DeadLetters.TAG, deadLetter(change, "delete_discarded", DISCARDED)));
            metrics.discarded(records);
        }
        parkedHere -= records;
        LOG.info(
                "Deletes that were held back were {}: tenant={} records={}",
                approved ? "released" : "discarded",
                context.getCurrentKey(),
                records);
    }

    /** How many records are parked in this subtask. */
    long parkedHere() {
        return parkedHere;
    }

    private static long now(Context context) {
        return context.timerService().currentProcessingTime();
    }

    private static DeadLetter deadLetter(DocumentChange change, String reason, String message) {
        return DeadLetter.ofRecord(change.raw(), change.key(), NAME, reason, message, Instant.now());
    }
}
