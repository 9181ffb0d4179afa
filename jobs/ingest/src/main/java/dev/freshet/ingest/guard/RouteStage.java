package dev.freshet.ingest.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.search.Facets;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets upserts and patches go on, tells the guard of them, and leaves deletes to it. Texts never travel to the guard, and facets are
 * computed here, where the work is spread over all subtasks and not over tenants.
 */
public final class RouteStage extends ProcessFunction<DocumentChange, DocumentChange> {
    public static final String NAME = "route";

    /** What the guard has to know. */
    public static final OutputTag<GuardEvent> GUARD_EVENTS = new OutputTag<>("guard-events") {
        private static final long serialVersionUID = 1L;
    };

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(DocumentChange change, Context context, Collector<DocumentChange> out)
            throws JsonProcessingException {
        switch (change.operation()) {
            case UPSERT -> {
                String metadata = Objects.requireNonNull(change.fields(), "an upsert has fields")
                        .metadata();
                context.output(GUARD_EVENTS, GuardEvent.sighting(change, facets(metadata)));
                out.collect(change);
            }
            case PATCH -> {
                String metadata = Objects.requireNonNull(change.patch(), "a patch has fields")
                        .metadata();
                // No filter asks for the ACL.
                if (metadata != null) {
                    context.output(GUARD_EVENTS, GuardEvent.sighting(change, facets(metadata)));
                }
                out.collect(change);
            }
            case DELETE, DELETE_BY_FILTER -> context.output(GUARD_EVENTS, GuardEvent.delete(change));
        }
    }

    private static List<String> facets(String metadata) throws JsonProcessingException {
        if (metadata.equals("{}")) {
            return List.of();
        }
        return Facets.of(Json.MAPPER.readTree(metadata)).stream()
                .filter(facet -> facet.length() <= Facets.MAX_LENGTH)
                .toList();
    }
}
