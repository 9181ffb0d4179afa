package dev.freshet.ingest.inflight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/** The elements that wait, by their key, and their tickets beside them: with these alone, all are found again without reading one. */
final class WaitingState<I> {
    private static final String TICKETS = "waiting-tickets";
    private static final String ELEMENTS = "waiting";

    private final AbstractStreamOperator<?> operator;
    private final MapState<Long, WaitingTicket> tickets;
    private final MapState<Long, I> elements;

    WaitingState(AbstractStreamOperator<?> operator, KeyedStateStore store, TypeInformation<I> type) {
        this.operator = operator;
        tickets = store.getMapState(
                new MapStateDescriptor<>(TICKETS, Types.LONG, TypeInformation.of(WaitingTicket.class)));
        elements = store.getMapState(new MapStateDescriptor<>(ELEMENTS, Types.LONG, type));
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
}
