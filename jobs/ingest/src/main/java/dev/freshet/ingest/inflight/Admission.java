package dev.freshet.ingest.inflight;

import dev.freshet.core.document.Priority;
import dev.freshet.ingest.inflight.WaitingRoom.Waiting;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets elements into a stage in fair order. One that cannot go in now waits in the state; in memory there is only its ticket. Everything
 * happens on the task's thread.
 *
 * @param <I> elements
 */
final class Admission<I> {
    /** Where one goes in. */
    interface Door<I> {
        void letIn(Object key, I element, Claim claim, InFlightBytes.Held bytes, BehindAll.Group group)
                throws Exception;
    }

    /** The bytes that the one that is due waits for. */
    private record Asked(Waiting waiting, InFlightBytes.Held bytes) {}

    private record Newcomer<I>(Waiting waiting, I element) {}

    private static final long MICROS = 1_000;

    private final WaitingLimits limits;
    private final WaitingRoom room;
    private final WaitingState<I> state;
    private final Window window;
    private final InFlightBytes bytes;
    private final LongSupplier clock;
    private final Door<I> door;
    private final Runnable later;
    private @Nullable Asked asked;
    /** The one that has just come, and is not in the state yet. */
    private @Nullable Newcomer<I> newcomer;

    private long newest;
    private boolean admitting;

    /**
     * @param clock in milliseconds since 1970
     * @param later calls {@link #admit} on the task's thread, soon
     */
    Admission(
            WaitingLimits limits,
            WaitingRoom room,
            WaitingState<I> state,
            Window window,
            InFlightBytes bytes,
            LongSupplier clock,
            Door<I> door,
            Runnable later) {
        this.limits = limits;
        this.room = room;
        this.state = state;
        this.window = window;
        this.bytes = bytes;
        this.clock = clock;
        this.door = door;
        this.later = later;
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
        newest = Math.max(newest + 1, clock.getAsLong() * MICROS);
        WaitingTicket ticket = new WaitingTicket(newest, claim, size);
        newcomer = new Newcomer<>(room.add(key, ticket, group), element);
        admit();
        if (newcomer != null) {
            newcomer = null;
            state.put(key, ticket, element);
        }
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
    }

    private boolean admitNext() throws Exception {
        Waiting next = room.next(window);
        InFlightBytes.Held held = bytesFor(next);
        if (next == null || held == null) {
            return false;
        }
        asked = null;
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
                held.whenTaken(later);
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
