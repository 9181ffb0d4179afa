package dev.freshet.ingest.inflight;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link InFlightFunction} over a keyed stream. Elements of a key leave in the order in which they came; those of other keys do
 * not wait for them. Where there are {@link WaitingLimits}, those that cannot go in now wait their turn in the state.
 *
 * <p>What is in flight is keyed state, so that it goes where its key goes when the parallelism changes: Flink's own asynchronous operator
 * keeps it as operator state, which is dealt out anew whatever its key is, and waits for the oldest element of all keys.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
public final class InFlightOperator<I, R, O> extends AbstractUdfStreamOperator<O, InFlightFunction<I, R, O>>
        implements OneInputStreamOperator<I, O>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    private static final long LOOK_MILLIS = 1_000;

    /** An element or a watermark that leaves behind all before it. */
    private record Last<I>(@Nullable I element, @Nullable Watermark watermark) {}

    private final String stage;
    private final TypeInformation<I> type;
    private final InFlightLimits limits;
    private final @Nullable WaitingLimits waiting;
    private transient @Nullable MailboxExecutor mailbox;
    private transient InFlightState<I> state;
    private transient @Nullable WaitingState<I> waitingState;
    private transient InFlightBytes bytes;
    private transient TimestampedCollector<O> out;
    private transient Window window;
    private transient BehindAll<Last<I>> behindAll;
    private transient @Nullable Admission<I> admission;
    private transient InFlightQueues<I, R> inFlight;
    private transient TaskThread task;

    /**
     * One in which nobody goes first.
     *
     * @param stage names the budget of bytes, and the metrics
     */
    public InFlightOperator(
            String stage, InFlightFunction<I, R, O> function, TypeInformation<I> type, InFlightLimits limits) {
        this(stage, function, type, limits, null);
    }

    private transient boolean looksSoon;
    private transient boolean restoring;

    /**
     * @param stage names the budget of bytes, and the metrics
     * @param waiting who goes first; null for nobody
     */
    public InFlightOperator(
            String stage,
            InFlightFunction<I, R, O> function,
            TypeInformation<I> type,
            InFlightLimits limits,
            @Nullable WaitingLimits waiting) {
        super(function);
        this.stage = stage;
        this.type = type;
        this.limits = limits;
        this.waiting = waiting;
    }

    @Override
    public void setMailboxExecutor(MailboxExecutor executor) {
        mailbox = executor;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = new InFlightState<>(this, context.getKeyedStateStore(), type);
        waitingState = waiting == null ? null : new WaitingState<>(this, context, type);
    }

    @Override
    public void open() throws Exception {
        super.open();
        task = new Task();
        inFlight = new InFlightQueues<>();
        behindAll = new BehindAll<>();
        out = new TimestampedCollector<>(output);
        bytes = InFlightBytes.lease(stage, limits.bytes());
        MetricGroup group = getMetricGroup().addGroup("freshet").addGroup(stage);
        if (waiting != null && waitingState != null) {
            window = new Window(limits.elements(), waiting.tokensInFlight(), waiting.liveShare());
            admission = new Admission<>(
                    waiting, getRuntimeContext(), group, waitingState, window, bytes, task, this::letIn);
        } else {
            window = Window.of(limits.elements());
        }
        group.gauge("inFlight", (Gauge<Integer>) window::placesTaken);
        group.gauge("inFlightBytes", (Gauge<Long>) bytes::ofProcess);
        resume();
    }

    private void resume() throws Exception {
        restoring = true;
        for (Object key : state.restore()) {
            for (I value : state.elements(key)) {
                Claim claim = userFunction.claim(value);
                if (admission != null) {
                    admission.resume(claim);
                }
                letInWhenThereIsRoom(key, value, claim);
            }
        }
        restoring = false;
        if (admission != null) {
            admission.restore(behindAll);
        }
    }

    @Override
    public void processElement(StreamRecord<I> record) throws Exception {
        I value = record.getValue();
        if (userFunction.isBehindAll(value)) {
            behindAll.add(new Last<>(value, null));
            endThoseBehindAll();
            return;
        }
        Claim claim = userFunction.claim(value);
        if (admission == null || !admission.isNeededFor(claim)) {
            letInWhenThereIsRoom(getCurrentKey(), value, claim);
            return;
        }
        arrive(admission, getCurrentKey(), value, claim, behindAll.enter());
    }

    private void arrive(Admission<I> inOrder, Object key, I value, Claim claim, BehindAll.Group group)
            throws Exception {
        if (claim.tokens() == 0 && inFlight.first(key) == null && !inOrder.has(key)) {
            letIn(key, value, claim, null, group);
            return;
        }
        inOrder.arrive(key, value, claim, userFunction.bytes(value), group);
        while (inOrder.isOverfull()) {
            mailbox().yield();
        }
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        behindAll.add(new Last<>(null, watermark));
        endThoseBehindAll();
    }

    /**
     * Waits until there is room, which the ends of others make meanwhile, and begins. While nothing ends, because what the stage needs is
     * away, the element waits in the state instead: what comes behind it, checkpoints included, must not stand still for so long.
     */
    private void letInWhenThereIsRoom(Object key, I value, Claim claim) throws Exception {
        BehindAll.Group group = behindAll.enter();
        while (!window.hasPlace()) {
            if (putAside(key, value, claim, group)) {
                return;
            }
            lookSoon();
            mailbox().yield();
        }
        InFlightBytes.Held held = bytes.take(userFunction.bytes(value));
        if (!held.isTaken()) {
            held.whenTaken(() -> task.later(() -> {}));
        }
        while (!held.isTaken()) {
            if (putAside(key, value, claim, group)) {
                held.giveBack();
                return;
            }
            lookSoon();
            mailbox().yield();
        }
        letIn(key, value, claim, held, group);
    }

    /** Whether the element waits in the state now. What is restored is there already. */
    private boolean putAside(Object key, I value, Claim claim, BehindAll.Group group) throws Exception {
        if (admission == null || restoring || !userFunction.isStalled()) {
            return false;
        }
        arrive(admission, key, value, claim, group);
        return true;
    }

    /** Has the task's thread wake up, where nothing else may do that. */
    private void lookSoon() {
        if (admission != null && !looksSoon) {
            looksSoon = true;
            task.at(task.now() + LOOK_MILLIS, () -> looksSoon = false);
        }
    }

    private void letIn(Object key, I value, Claim claim, InFlightBytes.@Nullable Held held, BehindAll.Group group)
            throws Exception {
        InFlightElement<I, R> element = new InFlightElement<>(key, value, claim, held, group);
        window.enter(claim);
        boolean first = inFlight.add(element);
        if (first || !userFunction.oneAtATime()) {
            begin(element);
        }
    }

    private void begin(InFlightElement<I, R> element) throws Exception {
        setCurrentKey(element.key());
        CompletableFuture<R> result = userFunction.begin(element.value());
        if (result.isDone() && !result.isCompletedExceptionally()) {
            done(element, result.join());
            return;
        }
        var unused = result.whenComplete((value, failure) -> task.later(() -> {
            if (failure != null) {
                throw new IllegalStateException("stage %s failed".formatted(stage), failure);
            }
            done(element, value);
        }));
    }

    private void done(InFlightElement<I, R> element, R result) throws Exception {
        element.done(result);
        Object key = element.key();
        for (InFlightElement<I, R> head = inFlight.pollDone(key); head != null; head = inFlight.pollDone(key)) {
            end(head, Objects.requireNonNull(head.result(), "it is done"));
        }
        InFlightElement<I, R> next = inFlight.first(key);
        if (next != null && userFunction.oneAtATime()) {
            begin(next);
        }
        endThoseBehindAll();
        if (admission != null && !admission.isEmpty()) {
            admission.admit();
        }
    }

    private void end(InFlightElement<I, R> element, R result) throws Exception {
        setCurrentKey(element.key());
        userFunction.end(element.value(), result, out);
        window.leave(element.claim());
        if (admission != null) {
            admission.ended(element.claim(), userFunction.used(result));
        }
        behindAll.leave(element.group());
        element.giveBackBytes();
    }

    private void endThoseBehindAll() throws Exception {
        for (Last<I> last = behindAll.poll(); last != null; last = behindAll.poll()) {
            if (last.watermark() != null) {
                super.processWatermark(last.watermark());
            } else {
                userFunction.endBehindAll(Objects.requireNonNull(last.element(), "one of the two"), out);
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.replace(inFlight.keys(), inFlight::values);
        if (admission != null) {
            admission.snapshot();
        }
    }

    /** No more elements come: all that wait and all that is in flight ends before the job does. */
    @Override
    public void endInput() throws Exception {
        while (window.placesTaken() > 0 || (admission != null && !admission.isEmpty())) {
            mailbox().yield();
        }
    }

    @Override
    public void close() throws Exception {
        super.close();
        if (bytes != null) {
            bytes.close();
        }
        if (admission != null) {
            admission.close();
        }
    }

    private MailboxExecutor mailbox() {
        return Objects.requireNonNull(mailbox, "Flink gives every operator its mailbox");
    }

    private final class Task implements TaskThread {
        @Override
        public long now() {
            return getProcessingTimeService().getCurrentProcessingTime();
        }

        @Override
        public void later(Mail mail) {
            try {
                mailbox().execute(mail::run, stage);
            } catch (RejectedExecutionException e) {
                // The task is closing; what is in flight is in its last checkpoint.
            }
        }

        @Override
        public void at(long millis, Mail mail) {
            var unused = getProcessingTimeService().registerTimer(millis, time -> mail.run());
        }
    }
}
