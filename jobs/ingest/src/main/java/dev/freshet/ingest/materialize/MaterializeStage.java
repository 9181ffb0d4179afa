package dev.freshet.ingest.materialize;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.ingest.deadletter.DeadLetters;
import dev.freshet.ingest.embed.EmbeddedRevision;
import dev.freshet.ingest.rebuild.RebuildMarker;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every live chunk with its vector, and says which whole documents the index must write or remove. Commands, broadcast
 * to all subtasks, have it write documents again: the named ones, or in a rebuild all of them.
 *
 * <p>It is an operator and not a function because a rebuild goes through all keys, in slices between which changes, commands
 * and checkpoints have their turn. After a restore a rebuild begins again; the fences make that harmless.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
public final class MaterializeStage extends AbstractStreamOperator<IndexUpdate>
        implements TwoInputStreamOperator<EmbeddedRevision, ControlCommand, IndexUpdate> {
    public static final String NAME = "materialize";
    private static final long serialVersionUID = 1L;
    private static final String DOCUMENT = "document";
    /** The one key of the broadcast state. */
    private static final String UNDER_WAY = "under-way";

    private static final int SLICE_DOCUMENTS = 20;
    private static final long SLICE_NANOS = 2_000_000;

    private transient @Nullable MailboxExecutor mailbox;
    private transient BroadcastState<String, RunningRebuild> rebuilds;
    private transient Materializer materializer;
    private transient MaterializeMetrics counters;
    private transient long attempt;
    /** What this subtask has still to write of the rebuild under way. */
    private transient @Nullable Rebuild rebuild;

    @Override
    public void setMailboxExecutor(MailboxExecutor executor) {
        mailbox = executor;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        attempt = context.getRestoredCheckpointId().orElse(0);
        materializer = new Materializer(
                context.getKeyedStateStore().getState(new ValueStateDescriptor<>(DOCUMENT, StoredDocument.class)),
                context.getKeyedStateStore()
                        .getMapState(new MapStateDescriptor<>("chunks", String.class, StoredChunk.class)),
                attempt);
        // All subtasks see the same commands at the same place of a checkpoint.
        rebuilds = context.getOperatorStateStore()
                .getBroadcastState(new MapStateDescriptor<>("rebuild", String.class, RunningRebuild.class));
    }

    @Override
    public void open() throws Exception {
        super.open();
        counters = new MaterializeMetrics(getMetricGroup(), () -> rebuild == null ? 0 : rebuild.left());
        RunningRebuild running = rebuilds.get(UNDER_WAY);
        if (running != null) {
            begin(running);
        }
    }

    @Override
    public void processElement1(StreamRecord<EmbeddedRevision> element) throws Exception {
        EmbeddedRevision embedded = element.getValue();
        RunningRebuild running = rebuilds.get(UNDER_WAY);
        IndexUpdate update = materializer.follow(
                embedded, running == null ? Destination.SEARCHED : Destination.both(running.generation()));
        for (DeadLetter letter : Receipts.withoutVector(embedded)) {
            output.collect(DeadLetters.TAG, new StreamRecord<>(letter));
        }
        emit(update);
    }

    @Override
    public void processElement2(StreamRecord<ControlCommand> element) throws Exception {
        ControlCommand command = element.getValue();
        switch (command.kind()) {
            case REBUILD -> {
                RunningRebuild running =
                        new RunningRebuild(command.id(), Objects.requireNonNull(command.generation(), "generation"));
                // The gate lets in one at a time; where it could not know, the newest has retired the one before.
                rebuilds.put(UNDER_WAY, running);
                begin(running);
            }
            case REBUILT, ABANDONED -> end(command);
            case REPAIR -> repair(command);
            default -> {
                // For others.
            }
        }
    }

    private void end(ControlCommand command) throws Exception {
        RunningRebuild running = rebuilds.get(UNDER_WAY);
        if (running != null && running.generation().equals(command.generation())) {
            rebuilds.clear();
            rebuild = null;
        }
    }

    private void begin(RunningRebuild running) {
        Rebuild begun = new Rebuild(running, documents());
        rebuild = begun;
        mailbox().execute(() -> slice(begun), "rebuild");
    }

    private List<String> documents() {
        try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(DOCUMENT, VoidNamespace.INSTANCE)) {
            return keys.toList();
        }
    }

    private void slice(Rebuild begun) throws Exception {
        if (begun != rebuild) {
            return;
        }
        long start = System.nanoTime();
        for (int i = 0; i < SLICE_DOCUMENTS && begun.hasNext(); i++) {
            emitNext(begun);
            if (System.nanoTime() - start >= SLICE_NANOS) {
                break;
            }
        }
        if (begun.hasNext()) {
            mailbox().execute(() -> slice(begun), "rebuild");
        } else {
            mark(begun);
        }
    }

    private void emitNext(Rebuild begun) throws Exception {
        IndexUpdate update =
                whole(begun.next(), Destination.only(begun.running().generation()));
        if (update != null) {
            counters.rebuilt();
            emit(update);
        }
    }

    private void mark(Rebuild begun) {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        rebuild = null;
        output.collect(new StreamRecord<>(IndexUpdate.end(new RebuildMarker(
                begun.running().id(),
                begun.running().generation(),
                task.getIndexOfThisSubtask(),
                task.getNumberOfParallelSubtasks(),
                attempt,
                keyOfMine()))));
    }

    private void repair(ControlCommand command) throws Exception {
        RunningRebuild running = rebuilds.get(UNDER_WAY);
        for (String document : command.documents()) {
            if (!isMine(document)) {
                continue;
            }
            IndexUpdate update =
                    whole(document, running == null ? Destination.SEARCHED : Destination.both(running.generation()));
            if (update == null) {
                counters.unknown();
            } else {
                counters.repaired();
                emit(update);
            }
        }
    }

    private String keyOfMine() {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "marker-" + number)
                .filter(this::isMine)
                .findFirst()
                .orElseThrow();
    }

    private boolean isMine(String document) {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        document, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
                == task.getIndexOfThisSubtask();
    }

    private @Nullable IndexUpdate whole(String document, Destination destination) throws Exception {
        setCurrentKey(document);
        return materializer.whole(DocumentKey.parse(document, ""), destination);
    }

    private void emit(IndexUpdate update) {
        counters.updated(update);
        output.collect(new StreamRecord<>(update));
    }

    /** No more changes come: what is left of a rebuild is written before the job ends. */
    @Override
    public void finish() throws Exception {
        Rebuild begun = rebuild;
        while (begun != null && begun.hasNext()) {
            emitNext(begun);
        }
        if (begun != null) {
            mark(begun);
        }
        super.finish();
    }

    private MailboxExecutor mailbox() {
        return Objects.requireNonNull(mailbox, "Flink gives every operator its mailbox");
    }
}
