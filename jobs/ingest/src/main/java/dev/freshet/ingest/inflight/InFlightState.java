package dev.freshet.ingest.inflight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/** What was in flight at the last checkpoint, by its key, in the order of coming. */
final class InFlightState<I> {
    private static final String IN_FLIGHT = "in-flight";

    /** What is in flight of a key. */
    interface Elements<I> {
        Collection<I> of(Object key);
    }

    private final AbstractStreamOperator<?> operator;
    private final ListState<I> state;
    /** The keys that the state has something of. */
    private Set<Object> kept = Set.of();

    InFlightState(AbstractStreamOperator<?> operator, KeyedStateStore store, TypeInformation<I> type) {
        this.operator = operator;
        state = store.getListState(new ListStateDescriptor<>(IN_FLIGHT, type));
    }

    /** The keys that something was in flight of. */
    Set<Object> restore() {
        try (Stream<Object> keys = operator.<Object>getKeyedStateBackend().getKeys(IN_FLIGHT, VoidNamespace.INSTANCE)) {
            kept = new HashSet<>(keys.toList());
        }
        return kept;
    }

    List<I> elements(Object key) throws Exception {
        operator.setCurrentKey(key);
        List<I> all = new ArrayList<>();
        state.get().forEach(all::add);
        return all;
    }

    /** Holds from now on what is in flight of these keys, and of no others. */
    void replace(Set<Object> keys, Elements<I> elements) throws Exception {
        for (Object key : keys) {
            operator.setCurrentKey(key);
            state.update(List.copyOf(elements.of(key)));
        }
        for (Object key : kept) {
            if (!keys.contains(key)) {
                operator.setCurrentKey(key);
                state.clear();
            }
        }
        kept = new HashSet<>(keys);
    }
}
