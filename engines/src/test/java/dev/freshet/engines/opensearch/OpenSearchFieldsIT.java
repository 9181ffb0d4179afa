package dev.freshet.engines.opensearch;

import static dev.freshet.engines.opensearch.SharedOpenSearch.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.search.OrderedFacets;
import dev.freshet.core.search.OrderedFacets.Kind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What searches can ask a real OpenSearch of the fields that are there for them. */
final class OpenSearchFieldsIT {
    @RegisterExtension
    static final SharedOpenSearch OPEN_SEARCH = new SharedOpenSearch();

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void ensureIndices() {
        OPEN_SEARCH.admin().ensureIndices(MODEL);
    }

    @Test
    void aGermanChunkIsFoundByAnotherFormOfItsWords() throws Exception {
        IndexWrites writes = new IndexWrites("german");
        DocumentFields german = IndexWrites.plain().withLanguage("de");
        write(List.of(writes.chunk("a", 1, "Die alten Häuser wurden verkauft.", null, german)));

        assertThat(chunks("german", match("in_language.de.text", "verkaufte Haus")))
                .containsExactly(writes.id("a"));
        assertThat(chunks("german", match("text", "Haus"))).isEmpty();
    }

    @Test
    void everyLanguageTakesAChunkAndFindsItByItsWords() throws Exception {
        IndexWrites writes = new IndexWrites("languages");
        List<String> names = LanguageFields.ANALYZERS.keySet().stream().sorted().toList();
        List<IndexWrite> chunks = new ArrayList<>();
        for (String name : names) {
            String language = name.equals("cjk") ? "zh" : name;
            chunks.add(writes.chunk(
                    name, 1, "Freshet 4711 索引", null, IndexWrites.plain().withLanguage(language)));
        }
        write(chunks);

        assertThat(names)
                .allSatisfy(name -> assertThat(chunks("languages", match("in_language." + name + ".text", "4711")))
                        .containsExactly(writes.id(name)));
        assertThat(chunks("languages", match("in_language.cjk.text", "索引"))).containsExactly(writes.id("cjk"));
    }

    @Test
    void tokenVectorsAreReadWithoutTheSource() throws Exception {
        IndexWrites writes = new IndexWrites("tokens");
        byte[] bits = new byte[512 * 48 * 2];
        new Random(7).nextBytes(bits);
        write(List.of(new IndexWrite.PutChunk(IndexWrites.withTokenVectors(
                writes.chunk("a", 1, "alpha", IndexWrites.vectorAt(0)).chunk(), bits))));

        JsonNode hit = search(
                        "freshet-chunks",
                        "{\"stored_fields\":\"_none_\",\"docvalue_fields\":[\"token_vectors\",\"tenant\"],\"query\":%s}"
                                .formatted(term("tenant", "tokens")))
                .path(0);
        JsonNode source = search("freshet-chunks", "{\"query\":%s}".formatted(term("tenant", "tokens")))
                .path(0)
                .path("_source");

        assertThat(Base64.getDecoder().decode(hit.at("/fields/token_vectors/0").asText()))
                .isEqualTo(bits);
        assertThat(source.path("text").asText()).isEqualTo("alpha");
        assertThat(source.has("token_vectors") || source.has("about")).isFalse();
    }

    @Test
    void numbersAndDatesAreFoundByRangesAndKeysByTheirFacets() throws Exception {
        IndexWrites writes = new IndexWrites("ranges");
        write(List.of(
                writes.chunk("a", 1, "alpha", null, IndexWrites.withMetadata("{\"due\":\"2026-01-31\",\"prio\":-2.5}")),
                writes.chunk("b", 1, "alpha", null, IndexWrites.withMetadata("{\"due\":\"2026-02-01\",\"prio\":10}")),
                writes.chunk("c", 1, "alpha", null, IndexWrites.withMetadata("{\"due\":\"soon\",\"prio\":9}"))));

        assertThat(chunks("ranges", range("prio", "-3", "9")))
                .containsExactlyInAnyOrder(writes.id("a"), writes.id("c"));
        assertThat(chunks("ranges", range("due", "\"2026-01-31T12:00:00+01:00\"", "\"2027-01-01\"")))
                .containsExactly(writes.id("b"));
        assertThat(chunks(
                        "ranges", between(OrderedFacets.first("due", Kind.TIME), OrderedFacets.last("due", Kind.TIME))))
                .containsExactlyInAnyOrder(writes.id("a"), writes.id("b"));
        assertThat(chunks("ranges", term("facet_keys", "due"))).hasSize(3);
        assertThat(chunks("ranges", term("facet_keys", "language"))).isEmpty();
    }

    @Test
    void aDocumentIsFoundByItsNamesAndByWhereItsChunksPointTo() throws Exception {
        IndexWrites writes = new IndexWrites("documents");
        DocumentFields fields = new DocumentFields(
                null, "https://acme.example/hr/holidayRules.html", "text/plain", "{\"team\":\"People\"}", List.of("*"));
        write(List.of(
                document("guides/a.md", fields, IndexWrites.vectorAt(10)),
                document("guides/b.md", IndexWrites.plain(), IndexWrites.vectorAt(80)),
                document("guides/c.md", IndexWrites.plain(), null),
                writes.chunk("a", 1, "alpha", null, fields)));

        JsonNode nearest = search(
                "freshet-documents",
                "{\"query\":{\"knn\":{\"summary\":{\"k\":3,\"vector\":%s,\"filter\":%s}}}}"
                        .formatted(JSON.writeValueAsString(IndexWrites.vectorAt(0)), term("tenant", "documents")));

        assertThat(nearest)
                .extracting(hit -> hit.at("/_source/document_id").asText())
                .containsExactly("guides/a.md", "guides/b.md");
        assertThat(search("freshet-documents", query("documents", match("about", "holiday rule"))))
                .extracting(hit -> hit.at("/_source/document_id").asText())
                .containsExactly("guides/a.md");
        assertThat(chunks("documents", match("about", "people"))).containsExactly(writes.id("a"));
    }

    private static IndexWrite document(String id, DocumentFields fields, float @Nullable [] summary) {
        return new IndexWrite.PutDocument(new DocumentEntry(
                new DocumentKey("documents", id),
                new ChangeOrder(0, 1),
                fields,
                IndexWrites.EVENT_TIME,
                List.of(),
                summary));
    }

    private static void write(List<IndexWrite> writes) throws Exception {
        assertThat(OPEN_SEARCH.write(writes)).containsOnly(new Written());
        OPEN_SEARCH.admin().refresh();
    }

    private static List<String> chunks(String tenant, String query) {
        List<String> ids = new ArrayList<>();
        search("freshet-chunks", query(tenant, query))
                .forEach(hit -> ids.add(hit.path("_id").asText()));
        return ids;
    }

    private static JsonNode search(String alias, String body) {
        return OPEN_SEARCH.request("POST", "/" + alias + "/_search", body).at("/hits/hits");
    }

    private static String query(String tenant, String query) {
        return "{\"query\":{\"bool\":{\"filter\":[%s],\"must\":[%s]}}}".formatted(term("tenant", tenant), query);
    }

    private static String term(String field, String value) {
        return "{\"term\":{\"%s\":\"%s\"}}".formatted(field, value);
    }

    private static String match(String field, String words) {
        return "{\"match\":{\"%s\":{\"query\":\"%s\",\"operator\":\"and\"}}}".formatted(field, words);
    }

    /** @param least and the greatest, as JSON */
    private static String range(String key, String least, String greatest) throws Exception {
        return between(
                OrderedFacets.term(
                        key, OrderedFacets.bound(JSON.readTree(least)).orElseThrow()),
                OrderedFacets.term(
                        key, OrderedFacets.bound(JSON.readTree(greatest)).orElseThrow()));
    }

    private static String between(String first, String last) {
        return "{\"range\":{\"ordered_facets\":{\"gte\":\"%s\",\"lte\":\"%s\"}}}".formatted(first, last);
    }
}
