package dev.freshet.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.WriteOutcome.AlreadyNewer;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.ScoredChunk;
import dev.freshet.core.search.StoredDocument;
import dev.freshet.core.search.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link IndexWriter} does. The tests of one class may share an index: each has a tenant of its own. */
public abstract class IndexWriterContract {
    private static final JsonMapper JSON = new JsonMapper();

    private final String tenant = "t" + UUID.randomUUID();
    private final IndexWrites writes = new IndexWrites(tenant);

    protected abstract IndexWriter writer();

    protected abstract ChunkSearch search();

    protected abstract DocumentReader documents();

    /** Makes all acknowledged writes searchable. */
    protected abstract void refresh();

    @Test
    void noWritesHaveNoOutcomes() throws Exception {
        assertThat(write()).isEmpty();
    }

    @Test
    void aChunkIsFoundWithAllItsFields() throws Exception {
        DocumentFields fields = new DocumentFields(
                "A title",
                "https://example.org/a?b=c#d",
                "text/markdown",
                "{\"nested\":{\"n\":1.5},\"team\":\"search\"}",
                List.of("*"));

        assertThat(write(writes.chunk("a", 1, "alpha \"quoted\" \ud83d\ude00 text\n", IndexWrites.vectorAt(0), fields)))
                .containsExactly(new Written());

        refresh();
        assertThat(byWords("alpha")).singleElement().satisfies(scored -> {
            assertThat(scored.chunkId()).isEqualTo(writes.id("a"));
            assertThat(scored.documentId()).isEqualTo("document-of-a");
            assertThat(scored.title()).isEqualTo("A title");
            assertThat(scored.headingPath()).containsExactly("Guide", "Set up");
            assertThat(scored.text()).isEqualTo("alpha \"quoted\" \ud83d\ude00 text\n");
            assertThat(scored.uri()).isEqualTo("https://example.org/a?b=c#d");
            assertThat(JSON.readTree(scored.metadata())).isEqualTo(JSON.readTree(fields.metadata()));
        });
    }

    @Test
    void aChunkWithoutVectorIsFoundByItsWords() throws Exception {
        assertThat(write(writes.chunk("a", 1, "alpha", null))).containsExactly(new Written());

        refresh();
        assertThat(byWords("alpha")).hasSize(1);
    }

    @Test
    void theSameWriteAgainIsSuccess() throws Exception {
        var put = writes.chunk("a", 5, "alpha", IndexWrites.vectorAt(0));
        write(put);

        assertThat(write(put)).allMatch(outcome -> outcome instanceof Written || outcome instanceof AlreadyNewer);
    }

    @Test
    void anOlderWriteChangesNothing() throws Exception {
        write(writes.chunk("a", 5, "newest", IndexWrites.vectorAt(0)));

        assertThat(write(writes.chunk("a", 4, "older", IndexWrites.vectorAt(0)), writes.noChunk("a", 3)))
                .containsExactly(new AlreadyNewer(), new AlreadyNewer());

        refresh();
        assertThat(byWords("newest")).hasSize(1);
        assertThat(byWords("older")).isEmpty();
    }

    @Test
    void aDeleteRemovesAndFencesOlderWrites() throws Exception {
        write(writes.chunk("a", 5, "alpha", IndexWrites.vectorAt(0)));

        assertThat(write(writes.noChunk("a", 6))).containsExactly(new Written());
        assertThat(write(writes.chunk("a", 5, "alpha", IndexWrites.vectorAt(0))))
                .containsExactly(new AlreadyNewer());

        refresh();
        assertThat(byWords("alpha")).isEmpty();
    }

    @Test
    void aDeleteOfNothingIsSuccess() throws Exception {
        assertThat(write(writes.noChunk("absent", 1), writes.noDocument("absent", 1)))
                .containsExactly(new Written(), new Written());
    }

    @Test
    void oneRejectedWriteDoesNotStopTheOthers() throws Exception {
        List<WriteOutcome> outcomes = write(
                writes.chunk("a", 1, "alpha", IndexWrites.vectorAt(0)),
                writes.chunk("b", 1, "beta", new float[] {1, 0}),
                writes.chunk("c", 1, "gamma", IndexWrites.vectorAt(0)));

        assertThat(outcomes.get(0)).isEqualTo(new Written());
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo("mapper_parsing_exception"));
        assertThat(outcomes.get(2)).isEqualTo(new Written());
    }

    @Test
    void theHighestFenceIsAFence() throws Exception {
        long highest = new ChangeOrder(ChangeOrder.EPOCH_LIMIT - 1, ChangeOrder.VERSION_LIMIT - 1).fence();

        assertThat(write(writes.chunk("a", highest, "alpha", null))).containsExactly(new Written());
        assertThat(write(writes.chunk("a", highest - 1, "alpha", null))).containsExactly(new AlreadyNewer());
    }

    @Test
    void outcomesAreInTheOrderOfTheWrites() throws Exception {
        write(writes.chunk("7", 2, "alpha", null));

        List<IndexWrite> many = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> many.add(writes.chunk("" + i, 1, "text " + i, IndexWrites.vectorAt(i))));

        List<WriteOutcome> outcomes = write(many.toArray(IndexWrite[]::new));
        assertThat(outcomes).hasSize(300);
        assertThat(outcomes.get(7)).isEqualTo(new AlreadyNewer());
        outcomes.remove(7);
        assertThat(outcomes).containsOnly(new Written());
    }

    @Test
    void aDocumentIsReadAsItsChunksInOrder() throws Exception {
        var first = writes.chunk("1", 9, "# One\n", null);
        var second = writes.chunk("2", 9, "Two.\n", null);
        DocumentFields fields =
                new DocumentFields("T", "file:a", "text/markdown", "{\"k\":\"v\"}", List.of("group:a", "group:b"));
        write(second, first, writes.document("docs/a b.md", new ChangeOrder(0, 9), fields, List.of(first, second)));

        StoredDocument read =
                read(new Visibility(tenant, List.of("group:b")), "docs/a b.md").orElseThrow();

        assertThat(read.text()).isEqualTo("# One\nTwo.\n");
        assertThat(read.order()).isEqualTo(new ChangeOrder(0, 9));
        assertThat(read.fields()).isEqualTo(fields);
        assertThat(read.eventTime()).isEqualTo(IndexWrites.EVENT_TIME);
        assertThat(read.missing()).isEmpty();
        assertThat(read.passages())
                .containsExactly(
                        new StoredDocument.Passage(writes.id("1"), 0, 6),
                        new StoredDocument.Passage(writes.id("2"), 6, 11));
    }

    @Test
    void aDocumentMayHaveALongId() throws Exception {
        String id = "long/" + "\u00e9".repeat(500);

        assertThat(write(writes.document(id, new ChangeOrder(0, 1), IndexWrites.plain(), List.of())))
                .containsExactly(new Written());

        assertThat(read(Visibility.ofTenant(tenant), id)).isPresent();
        assertThat(read(Visibility.ofTenant(tenant), id + "x")).isEmpty();
    }

    @Test
    void aDocumentSaysWhichChunksAreMissing() throws Exception {
        var first = writes.chunk("1", 9, "One. ", null);
        var second = writes.chunk("2", 9, "Two. ", null);
        write(second, writes.document("a", new ChangeOrder(0, 9), IndexWrites.plain(), List.of(first, second)));

        StoredDocument read = read(Visibility.ofTenant(tenant), "a").orElseThrow();

        assertThat(read.text()).isEqualTo("Two. ");
        assertThat(read.missing()).containsExactly(writes.id("1"));
    }

    @Test
    void aDocumentIsReadOnlyByThoseWhoMaySeeIt() throws Exception {
        write(
                writes.document("secret", new ChangeOrder(0, 1), IndexWrites.withAcl("group:a"), List.of()),
                writes.document("deleted", new ChangeOrder(0, 1), IndexWrites.plain(), List.of()),
                writes.noDocument("deleted", 2));

        assertThat(read(Visibility.ofTenant(tenant), "secret")).isEmpty();
        assertThat(read(new Visibility("other", List.of("group:a")), "secret")).isEmpty();
        assertThat(read(new Visibility(tenant, List.of("group:a")), "secret")).isPresent();
        assertThat(read(Visibility.ofTenant(tenant), "deleted")).isEmpty();
        assertThat(read(Visibility.ofTenant(tenant), "never-there")).isEmpty();
    }

    private List<WriteOutcome> write(IndexWrite... all) throws Exception {
        return new ArrayList<>(writer().write(List.of(all)).get(30, TimeUnit.SECONDS));
    }

    private Optional<StoredDocument> read(Visibility visibility, String id) throws Exception {
        return documents().read(visibility, id).get(30, TimeUnit.SECONDS);
    }

    private List<FoundChunk> byWords(String words) throws Exception {
        ChunkQuery query =
                new ChunkQuery(Visibility.ofTenant(tenant), List.of(), List.of(new LegQuery.Keywords(words, 10)));
        LegOutcome outcome = search().search(query).get(30, TimeUnit.SECONDS).getFirst();
        return ((LegOutcome.Found) outcome)
                .chunks().stream().map(ScoredChunk::chunk).toList();
    }
}
