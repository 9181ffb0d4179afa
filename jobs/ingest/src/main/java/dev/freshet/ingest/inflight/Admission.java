package dev.freshet.ingest.inflight;

import dev.freshet.core.document.Priority;
import dev.freshet.ingest.inflight.WaitingRoom.Waiting;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Lets elements into a stage in fair order. One that cannot go in now waits in the state; in memory there is only its ticket. Everything
 * happens on the task's thread.
 *
 * @param <I> elements
 */
final class Admission<I> implements AutoCloseable {
    /** Where one goes in. */
    interface Door<I> {
        void letIn(Object key, I element, Claim claim, InFlightBytes.Held bytes, BehindAll.Group group)
                throws Exception;
    }

    /** The bytes that the one that is due waits for. */
    private record Asked(Waiting waiting, InFlightBytes.Held bytes) {}

    private record Newcomer<I>(Waiting waiting, I element) {}

    private static final long MICROS = 1_000;
    private static final long LOOK = Duration.ofMinutes(1).toMillis();

    private final WaitingLimits limits;
    private final WaitingRoom room;
    private final DailyCaps caps;
    private final WaitingState<I> state;
    private final Window window;
    private final InFlightBytes bytes;
    private final TaskThread task;
    private final Door<I> door;
    private @Nullable Asked asked;
    /** The one that has just come, and is not in the state yet. */
    private @Nullable Newcomer<I> newcomer;

    private long newest;
    private boolean admitting;
    private boolean awaitsMidnight;

    Admission(
            WaitingLimits limits,
            RuntimeContext context,
            MetricGroup group,
            WaitingState<I> state,
            Window window,
            InFlightBytes bytes,
            TaskThread task,
            Door<I> door)
            throws Exception {
        this.limits = limits;
        this.state = state;
        this.window = window;
        this.bytes = bytes;
        this.task = task;
        this.door = door;
        room = new WaitingRoom(limits, new WaitingMetrics(group, task::now));
        caps = new DailyCaps(context, limits.dailyTokens(), task::now, state.spends(), () -> task.later(this::release));
    }

    /** Finds those again that waited when the state was written. */
    void restore(BehindAll<?> behindAll) throws Exception {
        for (Object key : state.keys()) {
            for (WaitingTicket ticket : state.tickets(key)) {
                newest = Math.max(newest, ticket.number());
                var unused = room.add(key, ticket, behindAll.enter());
            }
        }
        admit();
    }

    /** Whether an element must go through here: where nobody goes first, it costs nothing. */
    boolean isNeededFor(Claim claim) {
        return limits.always() || claim.priority() == Priority.BACKFILL || window.hasBackfill() || !room.isEmpty();
    }

    /** Whether elements of the key wait. */
    boolean has(Object key) {
        return room.has(key);
    }

    boolean isEmpty() {
        return room.isEmpty();
    }

    /** Whether no more may come until some have gone in. */
    boolean isOverfull() {
        return room.isOverfull();
    }

    /** Lets the element in if it is due and there is room for it; else it waits. */
    void arrive(Object key, I element, Claim claim, long size, BehindAll.Group group) throws Exception {
        newest = Math.max(newest + 1, task.now() * MICROS);
        WaitingTicket ticket = new WaitingTicket(newest, claim, size);
        newcomer = new Newcomer<>(room.add(key, ticket, group), element);
        admit();
        if (newcomer != null) {
            newcomer = null;
            state.put(key, ticket, element);
        }
    }

    /** An element is in flight again that was in flight when the state was written. */
    void resume(Claim claim) {
        caps.resume(claim);
    }

    /** An element has ended. */
    void ended(Claim claim, long used) {
        caps.settle(claim, used);
    }

    /** Lets in those that a cap held, if there is anything left for them now. */
    private void release() throws Exception {
        room.release();
        admit();
    }

    /** Looks at the clock now and then, not only at midnight: one that is put forward must not hold anybody for longer. */
    private void awaitMidnight() {
        if (awaitsMidnight || !room.holdsAny()) {
            return;
        }
        awaitsMidnight = true;
        task.at(Math.min(caps.midnight(), task.now() + LOOK), () -> {
            awaitsMidnight = false;
            caps.look();
            awaitMidnight();
        });
    }

    /** Writes what is not in the state yet. */
    void snapshot() throws Exception {
        state.replaceSpends(caps.charged());
    }

    @Override
    public void close() {
        caps.close();
    }

    /** Lets in all that are due and that there is room for. */
    void admit() throws Exception {
        if (admitting) {
            // Who has just gone in has ended already: the loop below sees it.
            return;
        }
        admitting = true;
        try {
            while (admitNext()) {}
        } finally {
            admitting = false;
        }
        awaitMidnight();
    }

    private boolean admitNext() throws Exception {
        Waiting next = room.next(window);
        InFlightBytes.Held held = bytesFor(next);
        if (next == null || held == null) {
            return false;
        }
        asked = null;
        if (!caps.reserve(next.ticket().claim())) {
            held.giveBack();
            room.hold(next.ticket().claim().tenant());
            return true;
        }
        room.remove(next);
        door.letIn(next.key(), element(next), next.ticket().claim(), held, next.group());
        return true;
    }

    /** Null until there are as many; for the one that is due, and no other. */
    private InFlightBytes.@Nullable Held bytesFor(@Nullable Waiting next) {
        if (asked != null && !asked.waiting().equals(next)) {
            asked.bytes().giveBack();
            asked = null;
        }
        if (next == null) {
            return null;
        }
        if (asked == null) {
            InFlightBytes.Held held = bytes.take(next.ticket().bytes());
            asked = new Asked(next, held);
            if (!held.isTaken()) {
                held.whenTaken(() -> task.later(this::admit));
            }
        }
        return asked.bytes().isTaken() ? asked.bytes() : null;
    }

    private I element(Waiting next) throws Exception {
        Newcomer<I> came = newcomer;
        if (came != null && came.waiting().equals(next)) {
            newcomer = null;
            return came.element();
        }
        return state.take(next.key(), next.ticket());
    }
}
