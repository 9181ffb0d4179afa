package dev.freshet.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.index.IndexWrite.ForGeneration;
import dev.freshet.core.index.WriteOutcome.AlreadyNewer;
import dev.freshet.core.index.WriteOutcome.Gone;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.Visibility;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link IndexGenerations} does, together with the writer and the search of the same engine. */
public abstract class IndexGenerationsContract {
    private final String tenant = "t" + UUID.randomUUID();
    private final IndexWrites writes = new IndexWrites(tenant);
    private final String next = newName();

    protected abstract IndexWriter writer();

    protected abstract ChunkSearch search();

    protected abstract IndexGenerations generations();

    @Test
    void whatIsWrittenForAGenerationIsFoundOnceItIsSwitchedTo() throws Exception {
        write(writes.chunk("old", 1, "alpha", null));
        generations().begin(next);
        assertThat(writeNext(writes.chunk("new", 1, "alpha", null), writes.noChunk("absent", 1)))
                .containsExactly(new Written(), new Written());

        assertThat(generations().switchTo(next)).isTrue();

        assertThat(found("alpha")).containsExactly(writes.id("new"));
    }

    @Test
    void aSwitchIsSeenByWritesForWhatIsSearched() throws Exception {
        generations().begin(next);
        writeNext(writes.chunk("a", 2, "alpha", null));
        generations().switchTo(next);

        assertThat(write(writes.chunk("a", 1, "older", null))).containsExactly(new AlreadyNewer());
        assertThat(write(writes.document("a", new ChangeOrder(0, 1), IndexWrites.plain(), List.of())))
                .containsExactly(new Written());
    }

    @Test
    void aGenerationHasFencesOfItsOwn() throws Exception {
        write(writes.chunk("a", 5, "alpha", null));
        generations().begin(next);

        assertThat(writeNext(writes.chunk("a", 4, "alpha", null), writes.chunk("a", 3, "alpha", null)))
                .containsExactly(new Written(), new AlreadyNewer());
    }

    @Test
    void beginningAgainKeepsWhatWasWritten() throws Exception {
        generations().begin(next);
        writeNext(writes.chunk("a", 1, "alpha", null));

        generations().begin(next);
        generations().switchTo(next);

        assertThat(found("alpha")).containsExactly(writes.id("a"));
    }

    @Test
    void aSwitchMayBeAskedForTwice() {
        generations().begin(next);

        assertThat(generations().switchTo(next)).isTrue();
        assertThat(generations().switchTo(next)).isTrue();
    }

    @Test
    void writesForAGenerationThatIsSearchedAreGone() throws Exception {
        generations().begin(next);
        generations().switchTo(next);

        assertThat(writeNext(
                        writes.chunk("a", 1, "alpha", null),
                        writes.noChunk("b", 1),
                        writes.document("a", new ChangeOrder(0, 1), IndexWrites.plain(), List.of()),
                        writes.noDocument("b", 1)))
                .containsOnly(new Gone());
    }

    @Test
    void writesForAGenerationThatNeverBeganAreGoneAndMakeNone() throws Exception {
        assertThat(writeNext(writes.chunk("a", 1, "alpha", null))).containsExactly(new Gone());

        assertThat(generations().switchTo(next)).isFalse();
        assertThat(write(writes.chunk("a", 1, "alpha", null))).containsExactly(new Written());
    }

    @Test
    void deletesAloneForAGenerationThatNeverBeganAreGoneAndMakeNone() throws Exception {
        assertThat(writeNext(writes.noChunk("a", 1), writes.noDocument("a", 1))).containsOnly(new Gone());
        assertThat(writeNext(writes.noChunk("a", 1))).containsExactly(new Gone());
    }

    @Test
    void aNewGenerationRetiresTheOneThatWasBeingBuilt() throws Exception {
        String abandoned = newName();
        generations().begin(abandoned);
        generations().begin(next);

        assertThat(generations().switchTo(abandoned)).isFalse();
        assertThat(writer().write(List.of(new ForGeneration(abandoned, writes.chunk("a", 1, "alpha", null))))
                        .get(30, TimeUnit.SECONDS))
                .containsExactly(new Gone());
        assertThat(writeNext(writes.chunk("a", 1, "alpha", null))).containsExactly(new Written());
    }

    @Test
    void onlyWhatIsRetiredIsDeletedAndNothingThatIsSearched() throws Exception {
        generations().delete(generations().retired());
        generations().begin(next);
        writeNext(writes.chunk("a", 1, "alpha", null));
        generations().switchTo(next);
        List<String> retired = generations().retired();
        assertThat(retired).isNotEmpty();
        String another = newName();
        generations().begin(another);

        generations().delete(retired);

        assertThat(generations().retired()).isEmpty();
        assertThat(found("alpha")).containsExactly(writes.id("a"));
        assertThat(generations().switchTo(another)).isTrue();
    }

    private static String newName() {
        return "test-" + UUID.randomUUID();
    }

    private List<WriteOutcome> writeNext(IndexWrite... all) throws Exception {
        return write(
                Arrays.stream(all).map(write -> new ForGeneration(next, write)).toArray(IndexWrite[]::new));
    }

    private List<WriteOutcome> write(IndexWrite... all) throws Exception {
        return writer().write(List.of(all)).get(30, TimeUnit.SECONDS);
    }

    /** Ids of what is found just after a switch, which has made everything searchable. */
    private List<String> found(String words) throws Exception {
        ChunkQuery query =
                new ChunkQuery(Visibility.ofTenant(tenant), List.of(), List.of(new LegQuery.Keywords(words, 10)));
        LegOutcome outcome = search().search(query).get(30, TimeUnit.SECONDS).getFirst();
        return ((LegOutcome.Found) outcome)
                .chunks().stream().map(scored -> scored.chunk().chunkId()).toList();
    }
}
