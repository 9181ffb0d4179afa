package dev.freshet.ingest.inflight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link InFlightFunction} over a keyed stream. Elements of a key leave in the order in which they came; those of other keys do
 * not wait for them.
 *
 * <p>What is in flight is keyed state, so that it goes where its key goes when the parallelism changes: Flink's own asynchronous operator
 * keeps it as operator state, which is dealt out anew whatever its key is, and waits for the oldest element of all keys.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
public final class InFlightOperator<I, R, O> extends AbstractUdfStreamOperator<O, InFlightFunction<I, R, O>>
        implements OneInputStreamOperator<I, O>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    private static final String IN_FLIGHT = "in-flight";

    /** One of the stream, or a watermark among them. */
    private static final class Element<I, R> {
        final Object key;
        final @Nullable I value;
        final @Nullable Watermark watermark;
        final InFlightBytes.@Nullable Held bytes;

        @Nullable
        R result;

        private Element(
                Object key, @Nullable I value, @Nullable Watermark watermark, InFlightBytes.@Nullable Held bytes) {
            this.key = key;
            this.value = value;
            this.watermark = watermark;
            this.bytes = bytes;
        }

        static <I, R> Element<I, R> of(Object key, I value, InFlightBytes.Held bytes) {
            return new Element<>(key, value, null, bytes);
        }

        static <I, R> Element<I, R> behindAll(I value) {
            return new Element<>("", value, null, null);
        }

        static <I, R> Element<I, R> behindAll(Watermark watermark) {
            return new Element<>("", null, watermark, null);
        }

        boolean isBehindAll() {
            return bytes == null;
        }

        I value() {
            return Objects.requireNonNull(value, "a watermark has no value");
        }
    }

    private final String stage;
    private final TypeInformation<I> type;
    private final InFlightLimits limits;
    private transient @Nullable MailboxExecutor mailbox;
    private transient ListState<I> state;
    private transient InFlightBytes bytes;
    private transient TimestampedCollector<O> out;
    /** All that is in flight, in the order of coming. */
    private transient Set<Element<I, R>> inFlight;

    private transient Map<Object, Deque<Element<I, R>>> byKey;
    /** The keys that the last checkpoint has something in flight of. */
    private transient Set<Object> kept;

    /** @param stage names the budget of bytes, and the metrics */
    public InFlightOperator(
            String stage, InFlightFunction<I, R, O> function, TypeInformation<I> type, InFlightLimits limits) {
        super(function);
        this.stage = stage;
        this.type = type;
        this.limits = limits;
    }

    @Override
    public void setMailboxExecutor(MailboxExecutor executor) {
        mailbox = executor;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getKeyedStateStore().getListState(new ListStateDescriptor<>(IN_FLIGHT, type));
    }

    @Override
    public void open() throws Exception {
        super.open();
        inFlight = new LinkedHashSet<>();
        byKey = new HashMap<>();
        out = new TimestampedCollector<>(output);
        bytes = InFlightBytes.lease(stage, limits.bytes());
        MetricGroup group = getMetricGroup().addGroup("freshet").addGroup(stage);
        group.gauge("inFlight", (Gauge<Integer>) inFlight::size);
        group.gauge("inFlightBytes", (Gauge<Long>) bytes::ofProcess);
        resume();
    }

    private void resume() throws Exception {
        try (Stream<Object> keys = this.getKeyedStateBackend().getKeys(IN_FLIGHT, VoidNamespace.INSTANCE)) {
            kept = new HashSet<>(keys.toList());
        }
        for (Object key : kept) {
            setCurrentKey(key);
            for (I value : List.copyOf(all(state.get()))) {
                letIn(key, value);
            }
        }
    }

    private static <T> List<T> all(Iterable<T> values) {
        List<T> all = new ArrayList<>();
        values.forEach(all::add);
        return all;
    }

    @Override
    public void processElement(StreamRecord<I> record) throws Exception {
        I value = record.getValue();
        if (userFunction.isBehindAll(value)) {
            inFlight.add(Element.behindAll(value));
            endThoseBehindAll();
            return;
        }
        letIn(getCurrentKey(), value);
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        inFlight.add(Element.behindAll(watermark));
        endThoseBehindAll();
    }

    /** Waits until there is room, which the ends of others make meanwhile, and begins. */
    private void letIn(Object key, I value) throws Exception {
        while (inFlight.size() >= limits.elements()) {
            mailbox().yield();
        }
        InFlightBytes.Held held = bytes.take(userFunction.bytes(value));
        if (!held.isTaken()) {
            held.whenTaken(() -> later(() -> {}));
            while (!held.isTaken()) {
                mailbox().yield();
            }
        }
        Element<I, R> element = Element.of(key, value, held);
        inFlight.add(element);
        Deque<Element<I, R>> queue = byKey.computeIfAbsent(key, ignored -> new ArrayDeque<>());
        queue.addLast(element);
        if (!userFunction.oneAtATime() || queue.size() == 1) {
            begin(element);
        }
    }

    private void begin(Element<I, R> element) throws Exception {
        setCurrentKey(element.key);
        CompletableFuture<R> result = userFunction.begin(element.value());
        if (result.isDone() && !result.isCompletedExceptionally()) {
            done(element, result.join());
            return;
        }
        var unused = result.whenComplete((value, failure) -> later(() -> {
            if (failure != null) {
                throw new IllegalStateException("stage %s failed".formatted(stage), failure);
            }
            done(element, value);
        }));
    }

    private interface Mail {
        void run() throws Exception;
    }

    /** On the task's thread. */
    private void later(Mail mail) {
        try {
            mailbox().execute(mail::run, stage);
        } catch (RejectedExecutionException e) {
            // The task is closing; what is in flight is in its last checkpoint.
        }
    }

    private void done(Element<I, R> element, R result) throws Exception {
        element.result = result;
        Deque<Element<I, R>> queue = Objects.requireNonNull(byKey.get(element.key), "the queue of what is in flight");
        for (Element<I, R> head = queue.peekFirst(); head != null && head.result != null; head = queue.peekFirst()) {
            queue.removeFirst();
            end(head, head.result);
        }
        if (queue.isEmpty()) {
            byKey.remove(element.key);
        } else if (userFunction.oneAtATime()) {
            begin(queue.getFirst());
        }
        endThoseBehindAll();
    }

    private void end(Element<I, R> element, R result) throws Exception {
        setCurrentKey(element.key);
        userFunction.end(element.value(), result, out);
        inFlight.remove(element);
        Objects.requireNonNull(element.bytes, "only what is behind all has none")
                .giveBack();
    }

    private void endThoseBehindAll() throws Exception {
        Iterator<Element<I, R>> oldest = inFlight.iterator();
        while (oldest.hasNext()) {
            Element<I, R> element = oldest.next();
            if (!element.isBehindAll()) {
                return;
            }
            oldest.remove();
            if (element.watermark == null) {
                userFunction.endBehindAll(element.value(), out);
            } else {
                super.processWatermark(element.watermark);
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        for (Map.Entry<Object, Deque<Element<I, R>>> entry : byKey.entrySet()) {
            setCurrentKey(entry.getKey());
            state.update(entry.getValue().stream().map(Element::value).toList());
        }
        for (Object key : kept) {
            if (!byKey.containsKey(key)) {
                setCurrentKey(key);
                state.clear();
            }
        }
        kept = new HashSet<>(byKey.keySet());
    }

    /** No more elements come: all that is in flight ends before the job does. */
    @Override
    public void endInput() throws Exception {
        while (!inFlight.isEmpty()) {
            mailbox().yield();
        }
    }

    @Override
    public void close() throws Exception {
        super.close();
        if (bytes != null) {
            bytes.close();
        }
    }

    private MailboxExecutor mailbox() {
        return Objects.requireNonNull(mailbox, "Flink gives every operator its mailbox");
    }
}
