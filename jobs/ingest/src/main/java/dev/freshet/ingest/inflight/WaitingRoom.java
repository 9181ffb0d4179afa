package dev.freshet.ingest.inflight;

import dev.freshet.core.document.Priority;
import dev.freshet.core.fair.StartTimeFairQueue;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a stage, and who of them is due. Priorities share by the live share, the tenants of a priority by their weights, both
 * by {@linkplain StartTimeFairQueue start-time fair queueing} over tokens; within a tenant and priority, whoever came first.
 *
 * <p>Documents wait, not elements: those of a document go in the order in which they came. A document has the most urgent priority of
 * its elements, so that a live one does not wait for its turn behind backfill of its own document.
 */
final class WaitingRoom {
    /**
     * One that waits.
     *
     * @param group of those that came between two that are behind all
     * @param tie tells it from those of the same number, which came to other subtasks of an earlier attempt
     */
    record Waiting(Object key, WaitingTicket ticket, BehindAll.Group group, long tie) {}

    private static final Comparator<Waiting> BY_AGE = Comparator.<Waiting>comparingLong(
                    waiting -> waiting.ticket().number())
            .thenComparingLong(Waiting::tie);

    private record Flow(String tenant, Priority priority) {}

    private static final class Document {
        private final Deque<Waiting> elements = new ArrayDeque<>();
        private int live;

        Waiting first() {
            return elements.getFirst();
        }

        Flow flow() {
            return new Flow(first().ticket().claim().tenant(), live > 0 ? Priority.LIVE : Priority.BACKFILL);
        }
    }

    /** Below it, one priority would get next to nothing. */
    private static final double LEAST_SHARE = 0.01;

    private final WaitingLimits limits;
    private final WaitingMetrics metrics;
    private final Map<Object, Document> documents = new HashMap<>();
    /** The first element of every document. */
    private final NavigableSet<Waiting> byAge = new TreeSet<>(BY_AGE);
    /** Those of them that need nothing. */
    private final NavigableSet<Waiting> free = new TreeSet<>(BY_AGE);
    /** The others. */
    private final Map<Flow, NavigableSet<Waiting>> flows = new HashMap<>();

    private final StartTimeFairQueue<Priority> priorities = new StartTimeFairQueue<>();
    private final Map<Priority, StartTimeFairQueue<String>> tenants = new EnumMap<>(Priority.class);
    /** How many elements wait, of every tenant that any wait of. */
    private final Map<String, Integer> ofTenant = new HashMap<>();

    private final Set<String> held = new HashSet<>();
    private int elements;
    private long bytes;
    private long ties;

    WaitingRoom(WaitingLimits limits, WaitingMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
        for (Priority priority : Priority.values()) {
            tenants.put(priority, new StartTimeFairQueue<>());
        }
    }

    boolean isEmpty() {
        return documents.isEmpty();
    }

    /** Whether more wait than may. */
    boolean isOverfull() {
        return elements > limits.changes() || bytes > limits.bytes();
    }

    /** Whether elements of the document wait. */
    boolean has(Object key) {
        return documents.containsKey(key);
    }

    /** Comes behind those of its document that wait. */
    Waiting add(Object key, WaitingTicket ticket, BehindAll.Group group) {
        Waiting waiting = new Waiting(key, ticket, group, ties++);
        Document document = documents.computeIfAbsent(key, ignored -> new Document());
        boolean first = document.elements.isEmpty();
        boolean moreUrgent = !first && document.live == 0 && ticket.claim().priority() == Priority.LIVE;
        if (moreUrgent) {
            takeOut(document);
        }
        document.elements.addLast(waiting);
        count(document, waiting, 1);
        if (first || moreUrgent) {
            putIn(document);
        }
        return waiting;
    }

    /** The one that is due of those that the window is open to; null where there is none. */
    @Nullable
    Waiting next(Window window) {
        if (!free.isEmpty() && window.hasPlace()) {
            return free.first();
        }
        return priorities
                .next(window::isOpenTo)
                .flatMap(priority -> of(priority).next(tenant -> true).map(tenant -> new Flow(tenant, priority)))
                .map(flow -> waiting(flow).first())
                .orElse(null);
    }

    /** The elements of the tenant that need anything wait until it is released. */
    void hold(String tenant) {
        if (held.add(tenant)) {
            for (Priority priority : Priority.values()) {
                leave(new Flow(tenant, priority));
            }
            countHeld();
        }
    }

    /** Nobody is held any more. */
    void release() {
        List<String> tenantsHeld = List.copyOf(held);
        held.clear();
        for (String tenant : tenantsHeld) {
            for (Priority priority : Priority.values()) {
                Flow flow = new Flow(tenant, priority);
                if (flows.containsKey(flow)) {
                    join(flow);
                }
            }
        }
        countHeld();
    }

    boolean holdsAny() {
        return !held.isEmpty();
    }

    private void countHeld() {
        metrics.held(held.stream()
                .mapToInt(tenant -> ofTenant.getOrDefault(tenant, 0))
                .sum());
    }

    /** The first of its document goes in; what it asks for is charged. */
    void remove(Waiting first) {
        Document document = Objects.requireNonNull(documents.get(first.key()), "it waits");
        long tokens = first.ticket().claim().tokens();
        if (tokens > 0) {
            Flow flow = document.flow();
            double share = flow.priority() == Priority.LIVE ? limits.liveShare() : 1 - limits.liveShare();
            of(flow.priority())
                    .served(flow.tenant(), (double) tokens / limits.weights().of(flow.tenant()));
            priorities.served(flow.priority(), tokens / Math.max(LEAST_SHARE, share));
        }
        takeOut(document);
        document.elements.removeFirst();
        count(document, first, -1);
        if (document.elements.isEmpty()) {
            documents.remove(first.key());
        } else {
            putIn(document);
        }
    }

    private void count(Document document, Waiting waiting, int sign) {
        WaitingTicket ticket = waiting.ticket();
        document.live += ticket.claim().priority() == Priority.LIVE ? sign : 0;
        elements += sign;
        bytes += sign * ticket.bytes();
        ofTenant.merge(ticket.claim().tenant(), sign, (some, more) -> some + more == 0 ? null : some + more);
        metrics.count(ticket, sign);
        if (!held.isEmpty()) {
            countHeld();
        }
    }

    private void putIn(Document document) {
        Waiting first = document.first();
        byAge.add(first);
        if (first.ticket().claim().tokens() == 0) {
            free.add(first);
        } else {
            Flow flow = document.flow();
            waiting(flow).add(first);
            join(flow);
        }
        metrics.oldest(byAge.first().ticket().number());
    }

    private void takeOut(Document document) {
        Waiting first = document.first();
        byAge.remove(first);
        metrics.oldest(
                byAge.isEmpty() ? WaitingMetrics.NOBODY : byAge.first().ticket().number());
        if (free.remove(first)) {
            return;
        }
        Flow flow = document.flow();
        NavigableSet<Waiting> others = waiting(flow);
        others.remove(first);
        if (others.isEmpty()) {
            flows.remove(flow);
            leave(flow);
        }
    }

    private void join(Flow flow) {
        if (!held.contains(flow.tenant())) {
            of(flow.priority()).join(flow.tenant());
            priorities.join(flow.priority());
        }
    }

    private void leave(Flow flow) {
        StartTimeFairQueue<String> ofPriority = of(flow.priority());
        ofPriority.leave(flow.tenant());
        if (ofPriority.isEmpty()) {
            priorities.leave(flow.priority());
        }
    }

    private NavigableSet<Waiting> waiting(Flow flow) {
        return flows.computeIfAbsent(flow, ignored -> new TreeSet<>(BY_AGE));
    }

    private StartTimeFairQueue<String> of(Priority priority) {
        return Objects.requireNonNull(tenants.get(priority), "every priority has its tenants");
    }
}
