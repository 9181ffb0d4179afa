package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the indices hold beside the fields of a document and its text, so that these can be searched. */
class BulkRequestTest {
    private static final IndexWrites WRITES = new IndexWrites("acme");
    private static final DocumentFields FIELDS = new DocumentFields(
            "Urlaub",
            "https://acme.example/hr/holidayRules.html",
            "text/html",
            "{\"day\":\"1970-01-01\",\"prio\":1,\"tags\":[\"leave\",\"staff\"]}",
            List.of("*"));

    @Test
    void theMetadataCanBeSearchedByKeyByOrderAndByWords() {
        for (JsonNode written : List.of(chunk(FIELDS.withLanguage("en")), document(FIELDS.withLanguage("en"), null))) {
            assertThat(strings(written.get("facets")))
                    .containsExactly("day=1970-01-01", "prio=1", "tags=leave", "tags=staff", "language=en");
            assertThat(strings(written.get("facet_keys"))).containsExactly("day", "prio", "tags", "language");
            assertThat(strings(written.get("ordered_facets")))
                    .containsExactly("day=t:8000000000000000", "prio=n:bff0000000000000");
            assertThat(written.get("about").asText()).isEqualTo("page one hr holiday Rules 1970-01-01 leave staff");
        }
    }

    @Test
    void whatThereIsNothingOfIsNotWritten() {
        JsonNode chunk = chunk(IndexWrites.plain());
        JsonNode document = document(IndexWrites.plain(), null);

        assertThat(chunk.get("facets")).isEmpty();
        assertThat(List.of("facet_keys", "ordered_facets", "in_language"))
                .noneMatch(field -> chunk.has(field) || document.has(field));
        assertThat(document.has("summary")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "ja"})
    void theWordsOfAChunkAreThereOnceMoreInItsLanguage(String language) {
        JsonNode chunk = chunk(FIELDS.withLanguage(language));

        assertThat(chunk.get("in_language")).hasSize(1);
        assertThat(chunk.at("/in_language/" + (language.equals("ja") ? "cjk" : language))
                        .toString())
                .isEqualTo("{\"title\":\"Urlaub\",\"heading_path\":[\"Guide\",\"Set up\"],\"text\":\"Alle Tage.\"}");
        assertThat(chunk.get("text").asText()).isEqualTo("Alle Tage.");
        assertThat(chunk.get("title").asText()).isEqualTo("Urlaub");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "uk"})
    void notWhereTheBaseFieldsHaveThemOrNoAnalyzerKnowsTheLanguage(String language) {
        assertThat(chunk(FIELDS.withLanguage(language)).has("in_language")).isFalse();
    }

    @Test
    void aDocumentHasTheMeanOfItsChunks() {
        JsonNode document = document(FIELDS, new float[] {0.6f, -0.8f});

        assertThat(document.get("summary").toString()).isEqualTo("[0.6,-0.8]");
    }

    /** The chunks of documents may stand in any order in a request. */
    @Test
    void everyChunkHasWhatIsSaidOfItsOwnDocument() {
        DocumentFields patched = IndexWrites.withMetadata("{\"team\":\"b\"}");
        List<IndexWrite> writes =
                List.of(put("one", FIELDS), put("two", FIELDS), put("two", patched), put("one", FIELDS));

        List<JsonNode> written = written(writes);

        assertThat(written)
                .extracting(chunk -> chunk.get("about").asText())
                .containsExactly(
                        "one hr holiday Rules 1970-01-01 leave staff",
                        "two hr holiday Rules 1970-01-01 leave staff",
                        "two b",
                        "one hr holiday Rules 1970-01-01 leave staff");
    }

    /** Every chunk carries them: what a few metadata add must stay small beside a vector. */
    @Test
    void theFieldsForSearchesAddLittleToAnEnglishChunk() {
        JsonNode chunk = chunk(FIELDS.withLanguage("en"));

        int added = 0;
        for (String field : List.of("facet_keys", "ordered_facets", "about")) {
            added += field.length() + 4 + chunk.get(field).toString().length();
        }
        assertThat(added).isLessThan(250);
    }

    private static JsonNode chunk(DocumentFields fields) {
        return written(List.of(put("page-one.md", fields))).getFirst();
    }

    private static IndexWrite put(String document, DocumentFields fields) {
        ChunkDocument chunk = WRITES.chunk("a", 1, "Alle Tage.", null, fields).chunk();
        return new IndexWrite.PutChunk(new ChunkDocument(
                chunk.id(),
                chunk.fence(),
                chunk.tenant(),
                document,
                chunk.headingPath(),
                chunk.text(),
                chunk.tokens(),
                chunk.metadata(),
                fields,
                chunk.changedAt(),
                null));
    }

    private static JsonNode document(DocumentFields fields, float @Nullable [] summary) {
        DocumentEntry entry = new DocumentEntry(
                new DocumentKey("acme", "page-one.md"),
                new ChangeOrder(0, 1),
                fields,
                IndexWrites.EVENT_TIME,
                List.of(),
                summary);
        return written(List.of(new IndexWrite.PutDocument(entry))).getFirst();
    }

    /** The lines that follow an action each. */
    private static List<JsonNode> written(List<IndexWrite> writes) {
        List<JsonNode> lines = new String(BulkRequest.body(writes, Instant.EPOCH), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> BlockingRequests.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        List<JsonNode> written = new ArrayList<>();
        for (int i = 1; i < lines.size(); i += 2) {
            written.add(lines.get(i));
        }
        return written;
    }

    private static List<String> strings(JsonNode array) {
        return StoredSource.strings(array);
    }
}
