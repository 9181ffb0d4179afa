package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.HitCount;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.ScoredChunk;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the answer to an {@code _msearch} request as a stream: hundreds of hits, of which most only lend a score. */
final class SearchReply {
    private static final String NO_METADATA = "{}";

    private final JsonParser json;
    /** Of the leg that is read. */
    private @Nullable HitCount matching;

    private SearchReply(JsonParser json) {
        this.json = json;
    }

    /** One outcome per leg, in their order. */
    static List<LegOutcome> outcomes(List<LegQuery> legs, byte[] body) throws IOException {
        try (JsonParser json = JsonLines.FACTORY.createParser(body)) {
            List<LegOutcome> outcomes = new SearchReply(json).read(legs);
            if (outcomes.size() != legs.size()) {
                throw new IOException("%d answers to %d searches".formatted(outcomes.size(), legs.size()));
            }
            return outcomes;
        }
    }

    private List<LegOutcome> read(List<LegQuery> legs) throws IOException {
        List<LegOutcome> outcomes = new ArrayList<>(legs.size());
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean responses = json.currentName().equals("responses");
            json.nextToken();
            if (!responses) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.START_OBJECT && outcomes.size() < legs.size()) {
                outcomes.add(leg(legs.get(outcomes.size())));
            }
        }
        return outcomes;
    }

    private LegOutcome leg(LegQuery leg) throws IOException {
        List<ScoredChunk> chunks = new ArrayList<>();
        String failure = null;
        matching = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "hits" -> hits(leg.leg(), chunks);
                case "error" -> failure = errorType();
                case "timed_out" -> failure = json.getBooleanValue() ? "timed_out" : failure;
                case "_shards" -> failure = failedShards() > 0 ? "failed_shards" : failure;
                default -> json.skipChildren();
            }
        }
        return failure == null
                ? new LegOutcome.Found(leg.name(), leg.leg(), chunks, matching)
                : LegOutcome.Failed.of(leg, failure);
    }

    private void hits(Leg leg, List<ScoredChunk> chunks) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "total" -> matching = total();
                case "hits" -> {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        chunks.add(hit(leg));
                    }
                }
                default -> json.skipChildren();
            }
        }
    }

    private HitCount total() throws IOException {
        long value = 0;
        boolean exact = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "value" -> value = json.getLongValue();
                case "relation" -> exact = json.getText().equals("eq");
                default -> json.skipChildren();
            }
        }
        return new HitCount(value, exact);
    }

    private ScoredChunk hit(Leg leg) throws IOException {
        double score = 0;
        FoundChunk chunk = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "_score" -> score = json.getDoubleValue();
                case "_source" -> chunk = chunk();
                default -> json.skipChildren();
            }
        }
        if (chunk == null) {
            throw new IOException("a hit without source");
        }
        return new ScoredChunk(chunk, leg == Leg.VECTOR ? cosine(score) : score);
    }

    /** Undoes what Lucene does to make inner products positive: 1 + x for x from 0, 1 / (1 - x) below. */
    static double cosine(double score) {
        return score >= 1 ? score - 1 : 1 - 1 / score;
    }

    /** The chunks of an answer to a {@code _search} request, by their ids. */
    static Map<String, FoundChunk> chunks(byte[] body) throws IOException {
        Map<String, FoundChunk> chunks = new HashMap<>();
        try (JsonParser json = JsonLines.FACTORY.createParser(body)) {
            SearchReply reply = new SearchReply(json);
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean hits = json.currentName().equals("hits");
                json.nextToken();
                if (!hits) {
                    json.skipChildren();
                    continue;
                }
                List<ScoredChunk> found = new ArrayList<>();
                reply.hits(Leg.KEYWORD, found);
                found.forEach(scored -> chunks.put(scored.chunk().chunkId(), scored.chunk()));
            }
        }
        return chunks;
    }

    private FoundChunk chunk() throws IOException {
        String chunkId = "";
        String documentId = "";
        String title = null;
        List<String> headingPath = List.of();
        String text = "";
        String uri = null;
        String metadata = NO_METADATA;
        String language = null;
        int tokens = 0;
        ChunkMetadata chunkMetadata = ChunkMetadata.NONE;
        Instant changedAt = null;
        Instant indexedAt = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "chunk_id" -> chunkId = json.getText();
                case "document_id" -> documentId = json.getText();
                case "title" -> title = json.getText();
                case "heading_path" -> headingPath = strings();
                case "text" -> text = json.getText();
                case "uri" -> uri = json.getText();
                case "metadata" -> metadata = object();
                case "language" -> language = json.getText();
                case "tokens" -> tokens = json.getIntValue();
                case "chunk" -> chunkMetadata = chunkMetadata();
                case "changed_at" -> changedAt = instant();
                case "indexed_at" -> indexedAt = instant();
                default -> json.skipChildren();
            }
        }
        return new FoundChunk(
                chunkId,
                documentId,
                title,
                headingPath,
                text,
                uri,
                metadata,
                language,
                tokens,
                chunkMetadata,
                changedAt,
                indexedAt);
    }

    /** Event times are what producers said; not all can be read. */
    private @Nullable Instant instant() throws IOException {
        try {
            return Instant.parse(json.getText());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private ChunkMetadata chunkMetadata() throws IOException {
        List<String> blockTypes = List.of();
        int sentences = 0;
        String codeLanguage = "";
        String symbol = "";
        List<String> entities = List.of();
        List<String> nearDuplicateKeys = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "block_types" -> blockTypes = strings();
                case "sentences" -> sentences = json.getIntValue();
                case "code_language" -> codeLanguage = json.getText();
                case "symbol" -> symbol = json.getText();
                case "entities" -> entities = strings();
                case "near_duplicate_keys" -> nearDuplicateKeys = strings();
                default -> json.skipChildren();
            }
        }
        return new ChunkMetadata(blockTypes, sentences, codeLanguage, symbol, entities, nearDuplicateKeys);
    }

    private List<String> strings() throws IOException {
        List<String> strings = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            strings.add(json.getText());
        }
        return strings;
    }

    /** The current object as text, as it came. */
    private String object() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JsonLines.FACTORY.createGenerator(text)) {
            copy.copyCurrentStructureExact(json);
        }
        return text.toString();
    }

    private int failedShards() throws IOException {
        int failed = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("failed");
            json.nextToken();
            failed = wanted ? json.getIntValue() : failed;
            json.skipChildren();
        }
        return failed;
    }

    private String errorType() throws IOException {
        String type = "unknown";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("type");
            json.nextToken();
            type = wanted ? json.getText() : type;
            json.skipChildren();
        }
        return type;
    }
}
