package dev.freshet.core.fair;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Says which of several flows goes next, so that each gets what it is due of the service, whatever the sizes of what it sends.
 *
 * <p>Start-time fair queueing: P. Goyal, H. M. Vin, H. Cheng, "Start-time Fair Queueing: A Scheduling Algorithm for Integrated
 * Services Packet Switching Networks", SIGCOMM 1996. What a flow sends begins, in virtual time, when what it sent before ends, but
 * not before now; it ends after its cost, which is its size divided by the flow's weight. What begins first goes first, and
 * virtual time is when that begins. A flow that had nothing to send has saved nothing up, and owes at most what it sent last.
 *
 * <p>Not safe for concurrent use. Memory: the flows that wait, and those whose last end is still to come.
 *
 * @param <F> names a flow; with equals and hashCode
 */
public final class StartTimeFairQueue<F> {
    /** @param tag where the flow waits, the start of its next; else the end of its last */
    private record Flow<F>(F name, double tag, long number) {}

    /** Of equal tags, the one that came first. */
    private static final Comparator<Flow<?>> BY_TAG =
            Comparator.<Flow<?>>comparingDouble(Flow::tag).thenComparingLong(Flow::number);

    private final Map<F, Flow<F>> waiting = new HashMap<>();
    private final Map<F, Flow<F>> idle = new HashMap<>();
    private final NavigableSet<Flow<F>> byStart = new TreeSet<>(BY_TAG);
    private final NavigableSet<Flow<F>> byEnd = new TreeSet<>(BY_TAG);
    private double now;
    private long numbers;

    /** The flow has something to send; nothing happens if it had before. */
    public void join(F name) {
        if (waiting.containsKey(name)) {
            return;
        }
        Flow<F> last = idle.remove(name);
        if (last != null) {
            byEnd.remove(last);
        }
        add(waiting, byStart, name, last == null ? now : Math.max(now, last.tag()));
    }

    /** The flow has nothing to send, or may not; nothing happens if it was so before. */
    public void leave(F name) {
        Flow<F> flow = waiting.remove(name);
        if (flow != null) {
            byStart.remove(flow);
            add(idle, byEnd, name, flow.tag());
            forget();
        }
    }

    /** Whether no flow has anything to send. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The flow that is due, of those that wait and can go now. */
    public Optional<F> next(Predicate<F> canGo) {
        return byStart.stream().map(Flow::name).filter(canGo).findFirst();
    }

    /**
     * One that waits has sent something.
     *
     * @param cost the size divided by the flow's weight
     */
    public void served(F name, double cost) {
        Flow<F> flow = waiting.remove(name);
        if (flow == null) {
            throw new IllegalStateException("a flow is served that has nothing to send");
        }
        byStart.remove(flow);
        now = Math.max(now, flow.tag());
        add(waiting, byStart, name, flow.tag() + cost);
        forget();
    }

    private void add(Map<F, Flow<F>> flows, NavigableSet<Flow<F>> order, F name, double tag) {
        Flow<F> flow = new Flow<>(name, tag, numbers++);
        flows.put(name, flow);
        order.add(flow);
    }

    /** An end that is past says no more than that the flow is new. */
    private void forget() {
        while (!byEnd.isEmpty() && byEnd.first().tag() <= now) {
            idle.remove(byEnd.pollFirst().name());
        }
    }
}
