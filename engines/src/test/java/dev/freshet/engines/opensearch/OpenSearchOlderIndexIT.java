package dev.freshet.engines.opensearch;

import static dev.freshet.engines.opensearch.SharedOpenSearch.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.search.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Indices as they were before documents had summaries, in a real OpenSearch: they take all writes, and a rebuild brings what they cannot have. */
final class OpenSearchOlderIndexIT {
    @RegisterExtension
    static final SharedOpenSearch OPEN_SEARCH = new SharedOpenSearch();

    private static final IndexWrites WRITES = new IndexWrites("older");
    private static final DocumentFields FIELDS = new DocumentFields(
                    "Urlaub", "https://acme.example/hr/urlaub.html", "text/html", "{\"prio\":1}", List.of("*"))
            .withLanguage("de");

    private final OpenSearchGenerations generations = new OpenSearchGenerations(OPEN_SEARCH.connection(), MODEL);

    @BeforeEach
    void indicesOfEarlier() throws IOException {
        OPEN_SEARCH.request("DELETE", "/freshet-*", "");
        create(SearchIndex.CHUNKS, "freshet-chunks-v1", "freshet-chunks");
        create(SearchIndex.DOCUMENTS, "freshet-documents-v1", "freshet-documents");
    }

    @Test
    void theyTakeEveryWriteAndAreSearchedByTheNewFields() throws Exception {
        OPEN_SEARCH.admin().ensureIndices(MODEL);
        OPEN_SEARCH.admin().ensureIndices(MODEL);

        assertThat(OPEN_SEARCH.write(writes())).hasSize(3).containsOnly(new Written());

        OPEN_SEARCH.admin().refresh();
        for (String query : List.of(
                "{\"match\":{\"in_language.de.text\":\"Haus\"}}",
                "{\"match\":{\"about\":\"urlaub\"}}",
                "{\"term\":{\"facet_keys\":\"prio\"}}",
                "{\"range\":{\"ordered_facets\":{\"gte\":\"prio=n:bff\",\"lte\":\"prio=n:c\"}}}")) {
            assertThat(count("freshet-chunks", query)).as(query).isEqualTo(2);
        }
        assertThat(count("freshet-documents", "{\"match\":{\"about\":\"urlaub\"}}"))
                .isEqualTo(1);
        assertThat(new OpenSearchDocumentReader(OPEN_SEARCH.connection())
                        .read(Visibility.ofTenant("older"), "page")
                        .get(30, TimeUnit.SECONDS))
                .hasValueSatisfying(read -> assertThat(read.missing()).isEmpty());
    }

    @Test
    void theySayWhatWaitsForARebuildAndGetItByThat() throws Exception {
        OpenSearchIndexAdmin admin = OPEN_SEARCH.admin();
        admin.ensureIndices(MODEL);
        assertThat(admin.fieldsOfARebuild(MODEL)).containsExactly("summary", "token_vectors");
        assertThat(status("freshet-chunks", "{\"docvalue_fields\":[\"token_vectors\"]}"))
                .isEqualTo(200);
        assertThat(OPEN_SEARCH.write(writes())).containsOnly(new Written());
        admin.refresh();
        assertThat(status("freshet-chunks", "{\"docvalue_fields\":[\"token_vectors\"]}"))
                .as("such a search fails while there is anything to find")
                .isEqualTo(400);
        assertThat(status("freshet-documents", nearest())).isEqualTo(400);

        generations.begin("rebuilt");
        OPEN_SEARCH.write(writes().stream()
                .<IndexWrite>map(write -> new IndexWrite.ForGeneration("rebuilt", write))
                .toList());
        assertThat(generations.switchTo("rebuilt")).isTrue();

        assertThat(admin.fieldsOfARebuild(MODEL)).isEmpty();
        assertThat(status("freshet-chunks", "{\"docvalue_fields\":[\"token_vectors\"]}"))
                .isEqualTo(200);
        assertThat(search("freshet-documents", nearest()).at("/hits/hits")).hasSize(1);
    }

    /** The job goes on with it after it was replaced by a newer one. */
    @Test
    void aRebuildThatWasBegunBeforeGetsTheFieldsToo() throws Exception {
        create(SearchIndex.CHUNKS, "freshet-chunks-begun", "freshet-chunks-NEXT-begun");
        create(SearchIndex.DOCUMENTS, "freshet-documents-begun", "freshet-documents-NEXT-begun");

        OPEN_SEARCH.admin().ensureIndices(MODEL);

        assertThat(OPEN_SEARCH.write(writes().stream()
                        .<IndexWrite>map(write -> new IndexWrite.ForGeneration("begun", write))
                        .toList()))
                .containsOnly(new Written());
    }

    /** Else the documents would have a field for vectors that never come, and refuse those that do. */
    @Test
    void aProcessWithAnotherModelIsRefusedBeforeItChangesAnything() {
        ModelIdentity other = new ModelIdentity("other", "abc123", "mean", "", "", 8, 512);

        assertThatThrownBy(() -> OPEN_SEARCH.admin().ensureIndices(other))
                .isInstanceOf(IncompatibleIndexException.class);

        assertThat(OPEN_SEARCH
                        .request("GET", "/freshet-documents/_mapping", "")
                        .at("/freshet-documents-v1/mappings/properties")
                        .has("summary"))
                .isFalse();
    }

    @Test
    void wordsAreWeighedAsIsSaidWhenAnIndexIsMade() {
        Bm25 bm25 = new Bm25(1.2, 0.75);
        OPEN_SEARCH.request("DELETE", "/freshet-*", "");
        new OpenSearchIndexAdmin(OPEN_SEARCH.connection(), bm25).ensureIndices(MODEL);
        assertThat(similarity("freshet-chunks")).isEqualTo("1.2 0.75");
        assertThat(similarity("freshet-documents")).isEqualTo("1.2 0.75");

        OPEN_SEARCH.admin().ensureIndices(MODEL);
        assertThat(similarity("freshet-chunks")).isEqualTo("1.2 0.75");

        OpenSearchGenerations others = new OpenSearchGenerations(OPEN_SEARCH.connection(), MODEL, null, new Bm25(0, 1));
        others.begin("others");
        assertThat(others.switchTo("others")).isTrue();
        assertThat(similarity("freshet-chunks")).isEqualTo("0.0 1.0");
    }

    private static String similarity(String alias) {
        JsonNode settings = OPEN_SEARCH
                .request("GET", "/" + alias + "/_settings", "")
                .elements()
                .next();
        JsonNode similarity = settings.at("/settings/index/similarity/default");
        return similarity.path("k1").asText() + " " + similarity.path("b").asText();
    }

    private static List<IndexWrite> writes() {
        IndexWrite.PutChunk first = WRITES.chunk("1", 9, "Die alten Häuser. ", IndexWrites.vectorAt(0), FIELDS);
        IndexWrite.PutChunk second = new IndexWrite.PutChunk(IndexWrites.withTokenVectors(
                WRITES.chunk("2", 9, "Neue Häuser.", IndexWrites.vectorAt(90), FIELDS)
                        .chunk(),
                new byte[] {1, 2, 3}));
        DocumentEntry entry = WRITES.document("page", new ChangeOrder(0, 9), FIELDS, List.of(first, second))
                .entry();
        return List.of(
                first,
                second,
                new IndexWrite.PutDocument(new DocumentEntry(
                        new DocumentKey("older", "page"),
                        entry.order(),
                        entry.fields(),
                        entry.eventTime(),
                        entry.manifest(),
                        IndexWrites.vectorAt(45))));
    }

    private static String nearest() {
        return "{\"query\":{\"knn\":{\"summary\":{\"k\":1,\"vector\":[1%s]}}}}".formatted(",0".repeat(383));
    }

    private static int count(String alias, String query) {
        return search(alias, "{\"query\":" + query + "}")
                .at("/hits/total/value")
                .asInt();
    }

    private static JsonNode search(String alias, String body) {
        return OPEN_SEARCH.request("POST", "/" + alias + "/_search", body);
    }

    private static int status(String alias, String body) {
        return OPEN_SEARCH
                .connection()
                .sendJson("POST", "/" + alias + "/_search", body.getBytes(StandardCharsets.UTF_8))
                .join()
                .status();
    }

    private static void create(SearchIndex index, String name, String alias) throws IOException {
        String file = index == SearchIndex.CHUNKS ? "chunks.json" : "documents.json";
        try (InputStream earlier = Objects.requireNonNull(
                OpenSearchOlderIndexIT.class.getResourceAsStream("/opensearch/earlier/" + file))) {
            ObjectNode definition = (ObjectNode) BlockingRequests.parse(earlier.readAllBytes());
            definition.putObject("aliases").putObject(alias).put("is_write_index", true);
            JsonNode today = IndexDefinitions.of(index, alias, MODEL);
            if (index == SearchIndex.CHUNKS) {
                ((ObjectNode) definition.at("/mappings")).set("_meta", today.at("/mappings/_meta"));
            }
            OPEN_SEARCH.request("PUT", "/" + name, definition.toString());
        }
    }
}
