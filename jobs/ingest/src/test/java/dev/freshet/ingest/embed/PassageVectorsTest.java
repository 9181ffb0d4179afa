package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cost.BusiestNames;
import dev.freshet.core.cost.TokenPrice;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbeddingMemo;
import dev.freshet.core.embed.MemoAnswer;
import dev.freshet.core.embed.MemoKeys;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.embed.VectorMemo;
import dev.freshet.core.revision.NewChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where a vector comes from, and how that is counted. */
class PassageVectorsTest {
    private static final ModelIdentity MODEL = new ModelIdentity("m", "", "mean", "", "", 2, 512);
    private static final float[] VECTOR = {1, 0};

    private final CollectedMetrics metrics = new CollectedMetrics();
    private final FakeMemo shared = new FakeMemo();
    private final VectorMemo memo = new VectorMemo(1 << 20);
    private final List<String> embedded = new ArrayList<>();
    private final List<CompletableFuture<EmbedOutcome>> answers = new ArrayList<>();
    private final PassageVectors vectors = vectors(shared);

    @Test
    void whatNoMemoKnowsIsEmbeddedAndRememberedInBoth() {
        CompletableFuture<ChunkVector> vector = ask("tea").getFirst();
        answer(0, 7);

        assertThat(vector.join().tokens()).isEqualTo(7);
        assertThat(vector.join().embeddedNow()).isTrue();
        assertThat(memo.get(keyOf("tea"))).isNotNull();
        assertThat(shared.vectors).containsOnlyKeys(keyOf("tea"));
        assertThat(metrics.count("memoMisses")).isOne();
        assertThat(metrics.count("tokensEmbedded")).isEqualTo(7);
        assertThat(metrics.count("tenant.acme.model.m.tokensEmbedded")).isEqualTo(7);
        assertThat(metrics.gauge("memoHitRate")).isZero();
    }

    @Test
    void whatTheSharedMemoKnowsCostsNothingAndIsRememberedInTheProcess() {
        shared.vectors.put(keyOf("tea"), new Embedded(VECTOR, 7));

        ChunkVector vector = ask("tea").getFirst().join();

        assertThat(vector.remembered()).isTrue();
        assertThat(vector.tokens()).isZero();
        assertThat(vector.vector()).isEqualTo(VECTOR);
        assertThat(embedded).isEmpty();
        assertThat(metrics.count("sharedMemoHits")).isOne();
        assertThat(metrics.count("tokensSaved")).isEqualTo(7);
        assertThat(metrics.count("tenant.acme.model.m.tokensSaved")).isEqualTo(7);

        ask("tea").getFirst().join();

        assertThat(shared.lookups).isOne();
        assertThat(metrics.count("memoHits")).isOne();
        assertThat(metrics.gauge("memoHitRate")).isEqualTo(1);
    }

    @Test
    void allTextsOfARevisionAreLookedUpAtOnceAndEachOnce() {
        shared.vectors.put(keyOf("tea"), new Embedded(VECTOR, 7));

        List<CompletableFuture<ChunkVector>> found = ask("tea", "milk", "milk", "sugar");
        answer(0, 1);
        answer(1, 2);

        assertThat(shared.lookups).isOne();
        assertThat(embedded).containsExactly("milk", "sugar");
        assertThat(found).allSatisfy(vector -> assertThat(vector).isCompleted());
        assertThat(found.stream().map(vector -> vector.join().remembered())).containsExactly(true, false, true, false);
    }

    @Test
    void aTextThatIsOnItsWayIsNotAskedForAgain() {
        List<CompletableFuture<ChunkVector>> first = ask("tea");
        List<CompletableFuture<ChunkVector>> second = ask("tea");
        assertThat(second.getFirst()).isNotDone();

        answer(0, 7);

        assertThat(embedded).containsExactly("tea");
        assertThat(second.getFirst()).isCompleted();
        assertThat(first.getFirst().join().embeddedNow()).isTrue();
        assertThat(second.getFirst().join().remembered()).isTrue();
    }

    @Test
    void whatIsWrongWithTheSharedMemoIsCountedAndStopsNobody() {
        shared.answer = new MemoAnswer(Map.of(), 1, 2, 3);
        shared.stores = false;

        CompletableFuture<ChunkVector> vector = ask("tea").getFirst();
        answer(0, 7);

        assertThat(vector.join().embeddedNow()).isTrue();
        assertThat(metrics.count("sharedMemoErrors")).isEqualTo(2);
        assertThat(metrics.count("sharedMemoBypassed")).isEqualTo(2);
        assertThat(metrics.count("sharedMemoGarbage")).isEqualTo(3);
    }

    @Test
    void aRefusedTextIsRememberedNowhere() {
        CompletableFuture<ChunkVector> vector = ask("tea").getFirst();
        answers.getFirst().complete(new EmbedOutcome.Rejected("poison", "refused"));

        assertThat(vector.join().rejection()).isEqualTo("poison");
        assertThat(memo.get(keyOf("tea"))).isNull();
        assertThat(shared.vectors).isEmpty();
    }

    @Test
    void aFailureOfTheModelReachesAllWhoWait() {
        List<CompletableFuture<ChunkVector>> first = ask("tea");
        List<CompletableFuture<ChunkVector>> second = ask("tea");

        answers.getFirst().completeExceptionally(new IllegalStateException("no model"));

        assertThat(first.getFirst()).isCompletedExceptionally();
        assertThat(second.getFirst()).isCompletedExceptionally();
        ask("tea");
        assertThat(embedded).hasSize(2);
    }

    @Test
    void whoeverWaitsWhenTheStageClosesWaitsNoLonger() {
        shared.silent = true;
        CompletableFuture<ChunkVector> vector = ask("tea").getFirst();

        vectors.close();

        assertThat(vector).isCompletedExceptionally();
    }

    @Test
    void withoutAnyMemoEveryChunkIsEmbedded() {
        PassageVectors forgetful = new PassageVectors(
                MODEL,
                false,
                memo,
                EmbeddingMemo.NONE,
                this::embed,
                Runnable::run,
                WantedTokenVectors.NONE,
                embedMetrics(),
                costs());

        var unused = forgetful.of("acme", true, List.of(chunk("tea"), chunk("tea")));

        assertThat(embedded).containsExactly("tea", "tea");
    }

    private PassageVectors vectors(EmbeddingMemo sharedMemo) {
        return new PassageVectors(
                MODEL,
                true,
                memo,
                sharedMemo,
                this::embed,
                Runnable::run,
                WantedTokenVectors.NONE,
                embedMetrics(),
                costs());
    }

    private EmbedMetrics embedMetrics() {
        return new EmbedMetrics(metrics.operator(), memo);
    }

    private TenantCosts costs() {
        return new TenantCosts(metrics.operator(), "m", TokenPrice.NONE, new BusiestNames(5));
    }

    private CompletableFuture<EmbedOutcome> embed(Passage passage) {
        embedded.add(passage.text());
        answers.add(new CompletableFuture<>());
        return answers.getLast();
    }

    private void answer(int call, int tokens) {
        answers.get(call).complete(new Embedded(VECTOR, tokens));
    }

    private List<CompletableFuture<ChunkVector>> ask(String... texts) {
        return vectors.of(
                "acme",
                true,
                List.of(texts).stream().map(PassageVectorsTest::chunk).toList());
    }

    private static NewChunk chunk(String text) {
        return new NewChunk("hash of " + text, null, List.of(), text, 1, ChunkMetadata.NONE);
    }

    private static String keyOf(String text) {
        return new MemoKeys(MODEL).of(chunk(text).embeddedText());
    }

    private static final class FakeMemo implements EmbeddingMemo {
        final Map<String, Embedded> vectors = new HashMap<>();
        MemoAnswer answer = MemoAnswer.NOTHING;
        boolean stores = true;
        boolean silent;
        int lookups;

        @Override
        public CompletableFuture<MemoAnswer> getAll(List<String> keys, int dimension) {
            lookups++;
            assertThat(keys).doesNotHaveDuplicates();
            Map<String, Embedded> known = new HashMap<>(vectors);
            known.keySet().retainAll(keys);
            return silent
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture(answer.plus(new MemoAnswer(known, 0, 0, 0)));
        }

        @Override
        public CompletableFuture<Boolean> putAll(Map<String, Embedded> embedded) {
            if (stores) {
                vectors.putAll(embedded);
            }
            return CompletableFuture.completedFuture(stores);
        }

        @Override
        public void close() {}
    }
}
