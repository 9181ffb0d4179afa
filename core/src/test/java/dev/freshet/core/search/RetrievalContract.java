package dev.freshet.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.lateinteraction.TokenQuantizer;
import dev.freshet.core.lateinteraction.TokenStatistics;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.reliability.Survives;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every index does for searches beside {@link ChunkSearchContract}: filters, the metadata leg, documents, reads of chunks. */
public abstract class RetrievalContract {
    private final String tenant = "r" + UUID.randomUUID();
    private final IndexWrites writes = new IndexWrites(tenant);
    private final Visibility everyone = Visibility.ofTenant(tenant);

    protected abstract IndexWriter writer();

    protected abstract ChunkSearch search();

    protected abstract DocumentSearch documents();

    protected abstract ChunkReader reader();

    /** Makes all acknowledged writes searchable. */
    protected abstract void refresh();

    @Test
    void filtersAreExpressions() throws Exception {
        write(
                chunk("a", "{\"team\":\"red\",\"year\":2024,\"due\":\"2026-01-31\"}", "2026-01-01T00:00:00Z"),
                chunk("b", "{\"team\":[\"red\",\"blue\"],\"year\":2025.5}", "2026-02-01T00:00:00Z"),
                chunk("c", "{\"year\":[-3,1e300],\"due\":\"2026-03-01T12:00:00+02:00\"}", "2026-03-01T00:00:00Z"),
                chunk("d", "{\"draft\":true}", "2026-04-01T00:00:00Z"));
        Filter red = new Filter.Equal("team", "red");
        Filter year = new Filter.Exists("year");

        assertThat(matching(year)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(matching(new Filter.Not(year))).containsExactly("d");
        assertThat(matching(new Filter.All(List.of(red, new Filter.Not(new Filter.Equal("team", "blue"))))))
                .containsExactly("a");
        assertThat(matching(new Filter.Any(List.of(new Filter.Equal("draft", "true"), red))))
                .containsExactlyInAnyOrder("a", "b", "d");
        assertThat(matching(new Filter.Any(List.of()))).isEmpty();
        assertThat(matching(new Filter.All(List.of()))).hasSize(4);
        assertThat(matching(new Filter.Within("year", at(2024, true), null))).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(matching(new Filter.Within("year", at(2024, false), at(3000, true))))
                .containsExactly("b");
        assertThat(matching(new Filter.Within("year", null, at(-3, true)))).containsExactly("c");
        assertThat(matching(new Filter.Within("due", time("2026-01-31", false), null)))
                .containsExactly("c");
        assertThat(matching(new Filter.Within("due", null, time("2026-03-01T10:00:00Z", true))))
                .containsExactlyInAnyOrder("a", "c");
        assertThat(matching(new Filter.During(
                        TimeField.CHANGED_AT,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        false,
                        Instant.parse("2026-03-01T00:00:00Z"),
                        true)))
                .containsExactlyInAnyOrder("b", "c");
        assertThat(matching(new Filter.OfDocument(DocumentField.DOCUMENT_ID, List.of("document-of-b", "none"))))
                .containsExactly("b");
    }

    @Test
    void phrasesAndIdentifiersLiftTheChunksThatHaveThem() throws Exception {
        write(
                writes.chunk(
                        "apart", 1, "checkpoint of the job, and later a restart and a checkpoint restart job", null),
                writes.chunk("phrase", 1, "to restart the job is safe in many other ways beside the one", null),
                writes.chunk("identifier", 1, "see error ORA-00942 in many other ways beside the one we know", null));
        KeywordOptions options = new KeywordOptions(2, 1, List.of("restart the job"), 5, List.of("ORA-00942"), 5);

        List<ScoredChunk> plain = found(run(new LegQuery.Keywords("restart the job checkpoint", 10)));
        LegOutcome.Found boosted =
                run(new LegQuery.Keywords("keyword", "restart the job checkpoint ORA-00942", 10, options, null));

        assertThat(ids(plain)).startsWith("apart");
        assertThat(ids(boosted.chunks()).subList(0, 2)).containsExactlyInAnyOrder("phrase", "identifier");
    }

    @Test
    void whatTheWordsMatchIsCounted() throws Exception {
        write(IntStream.range(0, 20)
                .mapToObj(i -> writes.chunk("c" + i, 1, i % 2 == 0 ? "walrus" : "zebra", null))
                .toArray(IndexWrite[]::new));

        LegOutcome.Found found = run(new LegQuery.Keywords("walrus", 3));

        assertThat(found.chunks()).hasSize(3);
        assertThat(found.matching()).isEqualTo(new HitCount(10, true));
    }

    @Test
    void theMetadataLegFindsWhatIsDescribedOrNamed() throws Exception {
        write(
                chunk("described", "{\"team\":\"platform\",\"topic\":\"onboarding\"}", "2026-01-01T00:00:00Z"),
                chunk("other", "{\"team\":\"sales\"}", "2026-01-01T00:00:00Z"));

        assertThat(ids(run(new LegQuery.About("metadata", "platform onboarding", List.of(), List.of(), 10))
                        .chunks()))
                .containsExactly("described");
        assertThat(ids(run(new LegQuery.About("metadata", "nothing", List.of("version:3.5.0"), List.of(), 10))
                        .chunks()))
                .containsExactlyInAnyOrder("described", "other");
        assertThat(ids(run(new LegQuery.About(
                                "metadata", "nothing", List.of(), List.of(new Filter.Equal("team", "sales")), 10))
                        .chunks()))
                .containsExactly("other");
    }

    @Test
    void documentsAreFoundBySummaryAndTitle() throws Exception {
        writeDocument("far", "Holidays", 90, "{}", "*");
        writeDocument("near", "Restarting a job", 5, "{\"team\":\"red\"}", "*");
        writeDocument("secret", "Restarting a secret", 5, "{\"team\":\"red\"}", "group:board");

        List<DocumentsOutcome> outcomes = documentsOf(List.of());

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(DocumentsOutcome.Found.class));
        DocumentsOutcome.Found bySummary = (DocumentsOutcome.Found) outcomes.get(0);
        assertThat(bySummary.documents())
                .extracting(DocumentsOutcome.ScoredDocument::documentId)
                .containsExactly("document-of-near", "document-of-far");
        assertThat(bySummary.documents().getFirst().score()).isCloseTo(Math.cos(Math.toRadians(5)), within(1e-5));
        assertThat(((DocumentsOutcome.Found) outcomes.get(1)).documents())
                .extracting(DocumentsOutcome.ScoredDocument::documentId)
                .containsExactly("document-of-near");
        // Of a filter about chunks documents know nothing: it excludes none of them.
        assertThat(((DocumentsOutcome.Found) documentsOf(List.of(
                                        new Filter.OfChunk(ChunkField.SYMBOL, List.of("none")),
                                        new Filter.Not(new Filter.Equal("team", "red"))))
                                .getFirst())
                        .documents())
                .extracting(DocumentsOutcome.ScoredDocument::documentId)
                .containsExactly("document-of-far");
    }

    private List<DocumentsOutcome> documentsOf(List<Filter> filters) throws Exception {
        List<LegQuery> legs =
                List.of(new LegQuery.Nearest(IndexWrites.vectorAt(0), 10), new LegQuery.Keywords("restarting it", 10));
        return documents()
                .searchDocuments(new ChunkQuery(everyone, filters, legs))
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    @Survives("B15")
    void chunksAreReadByThoseWhoMaySeeThem() throws Exception {
        write(
                writes.chunk("open", 1, "walrus", IndexWrites.vectorAt(1)),
                writes.chunk("secret", 1, "walrus", IndexWrites.vectorAt(2), IndexWrites.withAcl("group:board")),
                new IndexWrites(tenant + "-other").chunk("foreign", 1, "walrus", IndexWrites.vectorAt(3)));
        List<String> all = List.of(
                writes.id("open"),
                writes.id("secret"),
                new IndexWrites(tenant + "-other").id("foreign"),
                writes.id("none"));

        Map<String, FoundChunk> chunks = reader().chunks(everyone, all).get(30, TimeUnit.SECONDS);
        Map<String, ChunkVectors> vectors =
                reader().vectors(everyone, all, true, true).get(30, TimeUnit.SECONDS);

        assertThat(chunks).containsOnlyKeys(writes.id("open"));
        assertThat(chunks.values()).first().satisfies(chunk -> {
            assertThat(chunk.text()).isEqualTo("walrus");
            assertThat(chunk.changedAt()).isEqualTo(IndexWrites.EVENT_TIME);
            assertThat(chunk.indexedAt()).isNotNull();
        });
        assertThat(vectors).containsOnlyKeys(writes.id("open"));
        assertThat(reader().chunks(everyone, List.of()).get(30, TimeUnit.SECONDS))
                .isEmpty();
    }

    @Test
    void vectorsAreReadAsTheyWereWritten() throws Exception {
        float[] vector = IndexWrites.vectorAt(30);
        float[] mean = new float[IndexWrites.DIMENSION];
        float[] spread = new float[IndexWrites.DIMENSION];
        Arrays.fill(spread, 1);
        byte[] tokens = new TokenQuantizer(TokenStatistics.of(mean, spread), TokenVectorForm.BITS)
                .quantize(vector)
                .bytes();
        write(
                new IndexWrite.PutChunk(IndexWrites.withTokenVectors(
                        writes.chunk("both", 1, "walrus", vector).chunk(), tokens)),
                writes.chunk("neither", 1, "walrus", null));
        List<String> ids = List.of(writes.id("both"), writes.id("neither"));

        Map<String, ChunkVectors> both =
                reader().vectors(everyone, ids, true, true).get(30, TimeUnit.SECONDS);
        Map<String, ChunkVectors> tokensOnly =
                reader().vectors(everyone, ids, true, false).get(30, TimeUnit.SECONDS);

        assertThat(both.get(writes.id("both"))).satisfies(of -> {
            assertThat(Objects.requireNonNull(of.tokens()).bytes()).isEqualTo(tokens);
            assertThat(Objects.requireNonNull(of.pooled())).hasSize(IndexWrites.DIMENSION);
            assertThat(Objects.requireNonNull(of.pooled())[0]).isCloseTo(vector[0], within(1e-5f));
        });
        assertThat(both.get(writes.id("neither"))).isEqualTo(new ChunkVectors(null, null));
        assertThat(tokensOnly.get(writes.id("both"))).satisfies(of -> {
            assertThat(of.tokens()).isNotNull();
            assertThat(of.pooled()).isNull();
        });
    }

    private void writeDocument(String name, String title, double degrees, String metadata, String principal)
            throws Exception {
        DocumentFields fields = new DocumentFields(title, null, "text/plain", metadata, List.of(principal));
        float[] vector = IndexWrites.vectorAt(degrees);
        IndexWrite.PutChunk chunk = writes.chunk(name, 1, "some text", vector, fields);
        DocumentEntry entry = writes.document("document-of-" + name, new ChangeOrder(0, 1), fields, List.of(chunk))
                .entry();
        write(
                chunk,
                new IndexWrite.PutDocument(new DocumentEntry(
                        entry.key(), entry.order(), entry.fields(), entry.eventTime(), entry.manifest(), vector)));
    }

    private IndexWrite chunk(String name, String metadata, String changedAt) {
        ChunkDocument chunk = writes.chunk(
                        name, 1, "alpha", IndexWrites.vectorAt(0), IndexWrites.withMetadata(metadata))
                .chunk();
        return new IndexWrite.PutChunk(new ChunkDocument(
                chunk.id(),
                chunk.fence(),
                chunk.tenant(),
                chunk.documentId(),
                chunk.headingPath(),
                chunk.text(),
                chunk.tokens(),
                chunk.metadata(),
                chunk.fields(),
                Instant.parse(changedAt),
                chunk.vector()));
    }

    private static Filter.Bound at(double value, boolean included) {
        return new Filter.Bound(
                OrderedFacets.bound(JsonNodeFactory.instance.numberNode(value)).orElseThrow(), included);
    }

    private static Filter.Bound time(String value, boolean included) {
        return new Filter.Bound(
                OrderedFacets.bound(JsonNodeFactory.instance.textNode(value)).orElseThrow(), included);
    }

    /** The chunks that a filter lets through, the same in every leg. */
    private List<String> matching(Filter filter) throws Exception {
        List<String> byWords =
                ids(run(new LegQuery.Keywords("alpha", 10), filter).chunks());
        assertThat(ids(run(new LegQuery.Nearest(IndexWrites.vectorAt(0), 10), filter)
                        .chunks()))
                .hasSameElementsAs(byWords);
        return byWords;
    }

    private LegOutcome.Found run(LegQuery leg, Filter... filters) throws Exception {
        LegOutcome outcome = search().search(new ChunkQuery(everyone, List.of(filters), List.of(leg)))
                .get(30, TimeUnit.SECONDS)
                .getFirst();
        assertThat(outcome).isInstanceOf(LegOutcome.Found.class);
        return (LegOutcome.Found) outcome;
    }

    private static List<ScoredChunk> found(LegOutcome.Found outcome) {
        return outcome.chunks();
    }

    private List<String> ids(List<ScoredChunk> found) {
        return found.stream()
                .map(scored -> scored.chunk().chunkId().substring(tenant.length() + 1))
                .toList();
    }

    private void write(IndexWrite... all) throws Exception {
        assertThat(writer().write(Stream.of(all).toList()).get(30, TimeUnit.SECONDS))
                .containsOnly(new WriteOutcome.Written());
        refresh();
    }
}
