package dev.freshet.core.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.ChangeReceipt.Outcome;
import dev.freshet.core.document.Changes;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.oracle.Oracle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** I1 in small: what an index holds after any order of arrival and any repetition is what sorting and folding the changes gives. */
class FoldPropertiesTest {
    private static final Chunker CHUNKER =
            new ContentDefinedChunker(text -> text.strip().split("\\s+").length, new ChunkSize(5, 20));

    /** What is said at one version. */
    @FunctionalInterface
    interface Saying {
        DocumentChange at(long version);
    }

    @Property(tries = 3_000)
    void theIndexIsAFunctionOfTheLogAndNotOfTheArrival(
            @ForAll("histories") List<DocumentChange> history, @ForAll long seed) {
        FoldedIndex index = new FoldedIndex(CHUNKER);
        shuffledWithDuplicates(history, seed).forEach(index::accept);

        assertThat(sortedAndFolded(history).differences(index.snapshot())).isEmpty();
    }

    @Property(tries = 1_000)
    void everyArrivalIsJudgedAndNoChangeIsAppliedTwice(
            @ForAll("histories") List<DocumentChange> history, @ForAll long seed) {
        FoldedIndex index = new FoldedIndex(CHUNKER);
        List<Long> applied = new ArrayList<>();
        for (DocumentChange change : shuffledWithDuplicates(history, seed)) {
            switch (index.accept(change)) {
                case Decision.Accepted(Revision revision, DocumentState next) -> {
                    assertThat(revision.order()).isEqualTo(change.order());
                    assertThat(revision.fence())
                            .isEqualTo(next.fence())
                            .isGreaterThanOrEqualTo(change.order().fence());
                    if (revision.outcome() == Outcome.APPLIED) {
                        applied.add(change.version());
                    }
                }
                case Decision.Unchanged unchanged -> {}
                case Decision.Superseded superseded -> {}
                case Decision.Conflicting conflicting -> throw new AssertionError(conflicting.message());
                case Decision.Refused refused -> throw new AssertionError(refused.message());
            }
        }

        assertThat(applied).doesNotHaveDuplicates();
    }

    /** In whichever order two of the same version arrive, the later one is a conflict or says nothing new. */
    @Property(tries = 1_000)
    void ofOneVersionTheFirstStands(
            @ForAll("histories") List<DocumentChange> history, @ForAll("sayings") Saying saying, @ForAll long seed) {
        List<DocumentChange> log = new ArrayList<>(history);
        Collections.shuffle(log, new Random(seed));
        FoldedIndex index = new FoldedIndex(CHUNKER);
        log.forEach(index::accept);
        Oracle oracle = sortedAndFolded(log);
        DocumentChange newest = Collections.max(log, Comparator.comparing(DocumentChange::order));
        DocumentChange rival = saying.at(newest.version());

        index.accept(rival);

        oracle.read(rival);
        assertThat(oracle.differences(index.snapshot())).isEmpty();
    }

    private static Oracle sortedAndFolded(List<DocumentChange> history) {
        Oracle oracle = new Oracle(CHUNKER, 1 << 20);
        history.forEach(oracle::read);
        return oracle;
    }

    private static List<DocumentChange> shuffledWithDuplicates(List<DocumentChange> history, long seed) {
        Random random = new Random(seed);
        List<DocumentChange> arrivals = new ArrayList<>(history);
        history.stream().filter(change -> random.nextInt(3) == 0).forEach(arrivals::add);
        Collections.shuffle(arrivals, random);
        return arrivals;
    }

    @Provide
    Arbitrary<List<DocumentChange>> histories() {
        return sayings()
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(sayings -> IntStream.range(0, sayings.size())
                        .mapToObj(version -> sayings.get(version).at(version))
                        .toList());
    }

    @Provide
    Arbitrary<Saying> sayings() {
        Arbitrary<String> text = Arbitraries.of("", "alpha beta", "alpha ".repeat(12) + "\n\n" + "beta ".repeat(12));
        Arbitrary<String> metadata = Arbitraries.of("{}", "{\"team\":\"x\"}", "{\"team\":\"y\"}");
        Arbitrary<List<String>> acl = Arbitraries.of(List.of("*"), List.of("group:a"));
        Arbitrary<Saying> upsert = Combinators.combine(text, metadata)
                .as((content, facts) -> version -> Changes.upsert("a", version, content, facts));
        Arbitrary<Saying> patch = Combinators.combine(metadata.injectNull(0.3), acl.injectNull(0.3))
                .as((facts, principals) -> Tuple.of(facts, principals))
                .filter(values -> values.get1() != null || values.get2() != null)
                .map(values -> version -> Changes.patch("a", version, values.get1(), values.get2()));
        Arbitrary<Saying> delete = Arbitraries.just(version -> Changes.delete("a", version));
        return Arbitraries.frequencyOf(Tuple.of(3, upsert), Tuple.of(4, patch), Tuple.of(1, delete));
    }
}
