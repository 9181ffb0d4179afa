package dev.freshet.ingest.guard;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;

/** The last commands that were carried out for the current tenant: one that comes twice does nothing the second time. */
final class CarriedOut {
    /** Of one tenant. */
    private static final int MOST = 100;

    private final ListState<String> ids;

    CarriedOut(RuntimeContext context) {
        ids = context.getListState(new ListStateDescriptor<>("commands", String.class));
    }

    /** Remembers the command; false if it is remembered already. */
    boolean add(String id) throws Exception {
        List<String> all = new ArrayList<>();
        ids.get().forEach(all::add);
        if (all.contains(id)) {
            return false;
        }
        all.add(id);
        ids.update(all.subList(Math.max(0, all.size() - MOST), all.size()));
        return true;
    }
}
