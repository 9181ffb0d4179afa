package dev.freshet.ingest.inflight;

import dev.freshet.core.fair.DaySpend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.ManagedInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The elements that wait, by their key, and their tickets beside them: with these alone, all are found again without reading one. And
 * what was charged to the caps of the day.
 */
final class WaitingState<I> {
    private static final String TICKETS = "waiting-tickets";
    private static final String ELEMENTS = "waiting";
    private static final String SPENDS = "daily-spend";

    private final AbstractStreamOperator<?> operator;
    private final MapState<Long, WaitingTicket> tickets;
    private final MapState<Long, I> elements;
    private final ListState<DaySpend> spends;

    WaitingState(AbstractStreamOperator<?> operator, ManagedInitializationContext context, TypeInformation<I> type)
            throws Exception {
        this.operator = operator;
        KeyedStateStore store = context.getKeyedStateStore();
        tickets = store.getMapState(
                new MapStateDescriptor<>(TICKETS, Types.LONG, TypeInformation.of(WaitingTicket.class)));
        elements = store.getMapState(new MapStateDescriptor<>(ELEMENTS, Types.LONG, type));
        spends = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(SPENDS, TypeInformation.of(DaySpend.class)));
    }

    /** The keys that elements wait of. */
    List<Object> keys() {
        try (Stream<Object> keys = operator.<Object>getKeyedStateBackend().getKeys(TICKETS, VoidNamespace.INSTANCE)) {
            return keys.distinct().toList();
        }
    }

    /** Of the elements of the key, in the order in which they came. */
    List<WaitingTicket> tickets(Object key) throws Exception {
        operator.setCurrentKey(key);
        List<WaitingTicket> all = new ArrayList<>();
        tickets.values().forEach(all::add);
        all.sort(Comparator.comparingLong(WaitingTicket::number));
        return all;
    }

    void put(Object key, WaitingTicket ticket, I element) throws Exception {
        operator.setCurrentKey(key);
        tickets.put(ticket.number(), ticket);
        elements.put(ticket.number(), element);
    }

    /** Takes an element out. */
    I take(Object key, WaitingTicket ticket) throws Exception {
        operator.setCurrentKey(key);
        I element = Objects.requireNonNull(elements.get(ticket.number()), "an element that waits is in the state");
        tickets.remove(ticket.number());
        elements.remove(ticket.number());
        return element;
    }

    /** What all subtasks had charged when the state was written. */
    List<DaySpend> spends() throws Exception {
        List<DaySpend> all = new ArrayList<>();
        spends.get().forEach(all::add);
        return all;
    }

    /** What this subtask has charged. */
    void replaceSpends(List<DaySpend> charged) throws Exception {
        spends.update(charged);
    }
}
