package dev.freshet.local.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Everything that a source hands over, as envelopes. */
record Collected(List<Change> changes) {

    static Collected of(Source source) throws Exception {
        List<Change> changes = new ArrayList<>();
        source.read(change -> {
            changes.add(change);
            return true;
        });
        return new Collected(changes);
    }

    List<JsonNode> envelopes() throws Exception {
        List<JsonNode> envelopes = new ArrayList<>();
        for (Change change : changes) {
            envelopes.add(new ObjectMapper().readTree(change.value()));
        }
        return envelopes;
    }

    /** Operation and id of each, such as {@code upsert a.md}. */
    List<String> operations() throws Exception {
        return envelopes().stream()
                .map(envelope ->
                        envelope.path("op").asText() + " " + envelope.path("id").asText())
                .toList();
    }

    List<Long> versions() throws Exception {
        return envelopes().stream()
                .map(envelope -> envelope.path("version").asLong())
                .toList();
    }
}
