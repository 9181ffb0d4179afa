package dev.freshet.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.reliability.Survives;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ChunkSearch} does. The tests of one class may share an index: each has a tenant of its own. */
public abstract class ChunkSearchContract {
    private final String tenant = "t" + UUID.randomUUID();
    private final IndexWrites writes = new IndexWrites(tenant);
    private final Visibility everyone = Visibility.ofTenant(tenant);

    protected abstract IndexWriter writer();

    protected abstract ChunkSearch search();

    /** Makes all acknowledged writes searchable. */
    protected abstract void refresh();

    @Test
    void nearestVectorsComeFirstWithTheirCosine() throws Exception {
        write(
                writes.chunk("far", 1, "x", IndexWrites.vectorAt(120)),
                writes.chunk("near", 1, "x", IndexWrites.vectorAt(10)),
                writes.chunk("middle", 1, "x", IndexWrites.vectorAt(60)),
                writes.chunk("without", 1, "x", null));

        List<ScoredChunk> found = run(everyone, List.of(), nearest(0, 10));

        assertThat(ids(found)).containsExactly("near", "middle", "far");
        assertThat(found.get(0).score()).isCloseTo(Math.cos(Math.toRadians(10)), within(1e-5));
        assertThat(found.get(1).score()).isCloseTo(0.5, within(1e-5));
        assertThat(found.get(2).score()).isCloseTo(-0.5, within(1e-5));
    }

    @Test
    void aLegIsAsDeepAsAsked() throws Exception {
        write(IntStream.range(0, 20)
                .mapToObj(i -> writes.chunk("c" + i, 1, "alpha", IndexWrites.vectorAt(i)))
                .toArray(IndexWrite[]::new));

        assertThat(run(everyone, List.of(), nearest(0, 3))).hasSize(3);
        assertThat(run(everyone, List.of(), new LegQuery.Keywords("alpha", 3))).hasSize(3);
    }

    @Test
    void wordsAreFoundInTextTitleAndHeadings() throws Exception {
        DocumentFields titled = new DocumentFields("Quarterly zebra", null, "text/plain", "{}", List.of("*"));
        write(
                writes.chunk("text", 1, "the walrus swims", null),
                writes.chunk("title", 1, "nothing else", null, titled));

        assertThat(ids(run(everyone, List.of(), new LegQuery.Keywords("walrus", 10))))
                .containsExactly("text");
        assertThat(ids(run(everyone, List.of(), new LegQuery.Keywords("zebra", 10))))
                .containsExactly("title");
        assertThat(ids(run(everyone, List.of(), new LegQuery.Keywords("guide", 10))))
                .containsExactlyInAnyOrder("text", "title");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wal\u200brus",
                "\u202ewalrus\u202c",
                "wal\u00adrus",
                "walr\udb40\udc41us",
                "w\u0430lrus",
                "ｗalrus"
            })
    @Survives("B9")
    void whatNobodySeesOrTellsApartIsTheSameWord(String written) throws Exception {
        write(
                writes.chunk("odd", 1, "the " + written + " swims", null),
                writes.chunk("plain", 1, "a walrus swims", null));

        assertThat(ids(run(everyone, List.of(), new LegQuery.Keywords("walrus", 10))))
                .containsExactlyInAnyOrder("odd", "plain");
        List<ScoredChunk> found = run(everyone, List.of(), new LegQuery.Keywords(written, 10));
        assertThat(ids(found)).containsExactlyInAnyOrder("odd", "plain");
        assertThat(found)
                .as("kept for display")
                .anySatisfy(scored -> assertThat(scored.chunk().text()).isEqualTo("the " + written + " swims"));
    }

    @Test
    void theLanguageIsAFilter() throws Exception {
        write(
                writes.chunk("en", 1, "alpha", null, IndexWrites.plain().withLanguage("en")),
                writes.chunk("de", 1, "alpha", null, IndexWrites.plain().withLanguage("de")),
                writes.chunk(
                        "stated",
                        1,
                        "alpha",
                        null,
                        IndexWrites.withMetadata("{\"language\":\"fr\"}").withLanguage("de")),
                writes.chunk("unknown", 1, "alpha", null));

        assertThat(ids(run(everyone, List.of(new Filter.Equal("language", "de")), new LegQuery.Keywords("alpha", 5))))
                .containsExactly("de");
        assertThat(ids(run(everyone, List.of(new Filter.Equal("language", "fr")), new LegQuery.Keywords("alpha", 5))))
                .containsExactly("stated");
    }

    @Test
    void whatIsSaidOfAChunkComesBackWithIt() throws Exception {
        write(
                writes.chunk("a", 1, "alpha", null, IndexWrites.plain().withLanguage("de")),
                of("bare", ChunkMetadata.NONE));

        List<ScoredChunk> found = run(everyone, List.of(), new LegQuery.Keywords("alpha", 10));

        assertThat(found)
                .extracting(ScoredChunk::chunk)
                .anySatisfy(chunk -> {
                    assertThat(chunk.chunkMetadata()).isEqualTo(IndexWrites.METADATA);
                    assertThat(chunk.tokens()).isEqualTo(7);
                    assertThat(chunk.language()).isEqualTo("de");
                })
                .anySatisfy(chunk -> {
                    assertThat(chunk.chunkMetadata()).isEqualTo(ChunkMetadata.NONE);
                    assertThat(chunk.language()).isNull();
                });
    }

    @Test
    void whatIsSaidOfAChunkIsAFilter() throws Exception {
        write(
                of("java", new ChunkMetadata(List.of("code"), 0, "java", "Stack.push", List.of(), List.of())),
                of(
                        "table",
                        new ChunkMetadata(List.of("heading", "table"), 1, "", "", List.of("version:3.5.0"), List.of())),
                of("bare", ChunkMetadata.NONE));

        assertThat(matching(ChunkField.BLOCK_TYPES, "code", "table")).containsExactlyInAnyOrder("java", "table");
        assertThat(matching(ChunkField.CODE_LANGUAGE, "java")).containsExactly("java");
        assertThat(matching(ChunkField.SYMBOL, "Stack.push", "Stack.pop")).containsExactly("java");
        assertThat(matching(ChunkField.SYMBOL, "Stack")).isEmpty();
        assertThat(matching(ChunkField.ENTITIES, "version:3.5.0")).containsExactly("table");
    }

    private List<String> matching(ChunkField field, String... values) throws Exception {
        List<Filter> filters = List.of(new Filter.OfChunk(field, List.of(values)));
        List<String> byWords = ids(run(everyone, filters, new LegQuery.Keywords("alpha", 10)));
        assertThat(ids(run(everyone, filters, nearest(0, 10)))).hasSameElementsAs(byWords);
        return byWords;
    }

    private IndexWrite of(String name, ChunkMetadata said) {
        ChunkDocument chunk =
                writes.chunk(name, 1, "alpha", IndexWrites.vectorAt(0)).chunk();
        return new IndexWrite.PutChunk(new ChunkDocument(
                chunk.id(),
                chunk.fence(),
                chunk.tenant(),
                chunk.documentId(),
                chunk.headingPath(),
                chunk.text(),
                chunk.tokens(),
                said,
                chunk.fields(),
                chunk.changedAt(),
                chunk.vector()));
    }

    @Test
    void moreSharedWordsScoreHigher() throws Exception {
        write(
                writes.chunk("one", 1, "walrus and penguin", null),
                writes.chunk("two", 1, "walrus and zebra", null),
                writes.chunk("none", 1, "penguin", null));

        List<ScoredChunk> found = run(everyone, List.of(), new LegQuery.Keywords("walrus zebra", 10));

        assertThat(ids(found)).containsExactly("two", "one");
        assertThat(found.getFirst().score()).isGreaterThan(found.getLast().score());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "walrus AND (",
                "\"walrus",
                "walrus~2 ^5",
                "text: walrus OR *:*",
                "walrus/.*/ {\"match_all\":{}}",
                "walrus\\"
            })
    void aQueryHasNoSyntax(String text) throws Exception {
        write(writes.chunk("walrus", 1, "walrus", null), writes.chunk("zebra", 1, "zebra", null));

        assertThat(ids(run(everyone, List.of(), new LegQuery.Keywords(text, 10))))
                .containsExactly("walrus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?!...", "the", "\u0000", "\ud83d\ude00"})
    void aQueryWithoutKnownWordsFindsNothing(String text) throws Exception {
        write(writes.chunk("walrus", 1, "walrus", null));

        assertThat(run(everyone, List.of(), new LegQuery.Keywords(text, 10))).isEmpty();
    }

    @Test
    void aQueryOfVeryManyWordsIsAnswered() throws Exception {
        write(writes.chunk("walrus", 1, "walrus", null));
        StringBuilder text = new StringBuilder("walrus");
        IntStream.range(0, 3000).forEach(i -> text.append(" w").append(i).append(" \u5b57"));

        assertThat(ids(run(everyone, List.of(), new LegQuery.Keywords(text.toString(), 10))))
                .containsExactly("walrus");
    }

    @Test
    void nothingForeignIsFoundAndVisibleChunksFillTheLeg() throws Exception {
        IndexWrites other = new IndexWrites(tenant + "-other");
        List<IndexWrite> all = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> {
            all.add(other.chunk("foreign" + i, 1, "alpha", IndexWrites.vectorAt(0)));
            all.add(writes.chunk(
                    "secret" + i, 1, "alpha", IndexWrites.vectorAt(0), IndexWrites.withAcl("group:secret")));
        });
        all.add(writes.chunk("open1", 1, "alpha", IndexWrites.vectorAt(80)));
        all.add(writes.chunk("open2", 1, "alpha", IndexWrites.vectorAt(85), IndexWrites.withAcl("group:a", "group:b")));
        write(all.toArray(IndexWrite[]::new));

        Visibility caller = new Visibility(tenant, List.of("group:b", "user:1"));

        assertThat(ids(run(caller, List.of(), nearest(0, 10)))).containsExactly("open1", "open2");
        assertThat(ids(run(caller, List.of(), new LegQuery.Keywords("alpha", 10))))
                .containsExactlyInAnyOrder("open1", "open2");
        assertThat(ids(run(everyone, List.of(), nearest(0, 10)))).containsExactly("open1");
    }

    @Test
    void filtersHoldInsideEveryLeg() throws Exception {
        List<IndexWrite> all = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> all.add(writes.chunk("x" + i, 1, "alpha", IndexWrites.vectorAt(0))));
        all.add(writes.chunk(
                "a", 1, "alpha", IndexWrites.vectorAt(50), IndexWrites.withMetadata("{\"team\":\"red\"}")));
        all.add(writes.chunk(
                "b",
                1,
                "alpha",
                IndexWrites.vectorAt(60),
                IndexWrites.withMetadata("{\"team\":[\"blue\",\"red\"],\"year\":2026}")));
        all.add(writes.chunk(
                "c",
                1,
                "alpha",
                IndexWrites.vectorAt(70),
                IndexWrites.withMetadata("{\"team\":\"green\",\"year\":2026.0}")));
        write(all.toArray(IndexWrite[]::new));

        List<Filter> red = List.of(new Filter.Equal("team", "red"));
        List<Filter> blueOrGreen = List.of(new Filter.AnyOf("team", List.of("blue", "green")));
        List<Filter> redIn2026 = List.of(new Filter.Equal("team", "red"), new Filter.Equal("year", "2026"));

        assertThat(ids(run(everyone, red, nearest(0, 5)))).containsExactly("a", "b");
        assertThat(ids(run(everyone, blueOrGreen, nearest(0, 5)))).containsExactly("b", "c");
        assertThat(ids(run(everyone, redIn2026, nearest(0, 5)))).containsExactly("b");
        assertThat(ids(run(everyone, red, new LegQuery.Keywords("alpha", 5)))).containsExactlyInAnyOrder("a", "b");
        assertThat(run(everyone, List.of(new Filter.Equal("team", "*")), nearest(0, 5)))
                .isEmpty();
    }

    @Test
    void bothLegsAnswerInTheOrderAsked() throws Exception {
        write(
                writes.chunk("words", 1, "alpha", IndexWrites.vectorAt(90)),
                writes.chunk("vector", 1, "beta", IndexWrites.vectorAt(0)));

        List<LegOutcome> outcomes = search().search(
                        new ChunkQuery(everyone, List.of(), List.of(nearest(0, 1), new LegQuery.Keywords("alpha", 10))))
                .get(30, TimeUnit.SECONDS);

        assertThat(outcomes).extracting(LegOutcome::leg).containsExactly(Leg.VECTOR, Leg.KEYWORD);
        assertThat(ids(found(outcomes.get(0)))).containsExactly("vector");
        assertThat(ids(found(outcomes.get(1)))).containsExactly("words");
    }

    private void write(IndexWrite... all) throws Exception {
        assertThat(writer().write(List.of(all)).get(30, TimeUnit.SECONDS)).containsOnly(new WriteOutcome.Written());
        refresh();
    }

    private static LegQuery nearest(double degrees, int depth) {
        return new LegQuery.Nearest(IndexWrites.vectorAt(degrees), depth);
    }

    private List<ScoredChunk> run(Visibility visibility, List<Filter> filters, LegQuery leg) throws Exception {
        return found(search().search(new ChunkQuery(visibility, filters, List.of(leg)))
                .get(30, TimeUnit.SECONDS)
                .getFirst());
    }

    private static List<ScoredChunk> found(LegOutcome outcome) {
        assertThat(outcome).isInstanceOf(LegOutcome.Found.class);
        return ((LegOutcome.Found) outcome).chunks();
    }

    private List<String> ids(List<ScoredChunk> found) {
        return found.stream()
                .map(scored -> scored.chunk().chunkId().substring(tenant.length() + 1))
                .toList();
    }
}
