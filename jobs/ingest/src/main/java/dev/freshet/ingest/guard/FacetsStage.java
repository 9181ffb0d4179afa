package dev.freshet.ingest.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.search.Facets;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.MapFunction;
import org.jspecify.annotations.Nullable;

/** Computes the facets that filters ask for: here, where the work is spread over all subtasks, and not in the guard, where a tenant has one. */
public final class FacetsStage implements MapFunction<DocumentChange, GuardEvent> {
    public static final String NAME = "facets";
    private static final long serialVersionUID = 1L;

    @Override
    public GuardEvent map(DocumentChange change) throws JsonProcessingException {
        return new GuardEvent(
                change,
                switch (change.operation()) {
                    case UPSERT ->
                        facets(Objects.requireNonNull(change.fields(), "an upsert has fields")
                                .metadata());
                    case PATCH ->
                        facets(Objects.requireNonNull(change.patch(), "a patch has fields")
                                .metadata());
                    case DELETE, DELETE_BY_FILTER -> List.of();
                });
    }

    private static List<String> facets(@Nullable String metadata) throws JsonProcessingException {
        if (metadata == null || metadata.equals("{}")) {
            return List.of();
        }
        return Facets.of(Json.MAPPER.readTree(metadata)).stream()
                .filter(facet -> facet.length() <= Facets.MAX_LENGTH)
                .toList();
    }
}
