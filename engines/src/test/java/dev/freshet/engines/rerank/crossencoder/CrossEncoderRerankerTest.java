package dev.freshet.engines.rerank.crossencoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.rerank.RerankOutcome.Failed;
import dev.freshet.core.rerank.RerankOutcome.Kind;
import dev.freshet.core.rerank.RerankOutcome.Scored;
import dev.freshet.core.rerank.RerankPassage;
import dev.freshet.core.rerank.RerankQuery;
import dev.freshet.core.rerank.Reranker;
import dev.freshet.core.rerank.RerankerContract;
import dev.freshet.engines.embedding.ModelTokenizer;
import dev.freshet.engines.embedding.onnx.EncoderFailure;
import dev.freshet.engines.embedding.onnx.OnnxGraph;
import dev.freshet.engines.embedding.onnx.Signature;
import dev.freshet.engines.embedding.onnx.TinyCrossEncoder;
import dev.freshet.engines.embedding.onnx.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrossEncoderRerankerTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final int BATCH_TOKENS = 512;
    private static final int SPECIAL_TOKENS = 3;

    @TempDir
    private static Path folder;

    abstract static class CrossEncoderContract extends RerankerContract {
        @Override
        protected Reranker openSlow() {
            return reranker(new ObservedModel(tokens -> 1, 2_000), options(1));
        }

        @Override
        protected double neighboursMove() {
            return 1e-4;
        }

        static Reranker open(String name, TinyCrossEncoder model) {
            return CrossEncoderReranker.open(
                    CrossEncoderOptions.at(model.write(folder.resolve(name)).toString(), 2));
        }
    }

    @Nested
    final class SharingCalls extends CrossEncoderContract {
        @Override
        protected Reranker open() {
            return open("shared", new TinyCrossEncoder());
        }
    }

    @Nested
    final class OnePairAtATime extends CrossEncoderContract {
        @Override
        protected Reranker open() {
            return open("alone", new TinyCrossEncoder().ofOnePair());
        }
    }

    @Nested
    final class OfTwoLogitsWithoutTypes extends CrossEncoderContract {
        @Override
        protected Reranker open() {
            return open("two", new TinyCrossEncoder().logits(2).without(Signature.TYPES));
        }
    }

    @Test
    void pairsOfQueriesThatWaitTogetherShareACall() throws Exception {
        ObservedModel model = new ObservedModel(Tokens::length);
        try (CrossEncoderReranker reranker = reranker(model, options(1))) {
            List<CompletableFuture<RerankOutcome>> outcomes = new ArrayList<>();
            outcomes.add(rerank(reranker, "pump", List.of("water"), AMPLE));
            model.begun.acquire();
            for (int query = 1; query <= 5; query++) {
                outcomes.add(rerank(reranker, "pump", List.of("water", "the water", "the pump of water"), AMPLE));
            }
            model.answering();

            assertThat(scores(outcomes.getFirst())).containsExactly(5);
            for (CompletableFuture<RerankOutcome> outcome : outcomes.subList(1, 6)) {
                assertThat(scores(outcome)).containsExactly(5, 6, 8);
            }
            assertThat(model.calls).hasSize(2);
            assertThat(model.calls.getLast()).hasSize(15);
        }
    }

    @Test
    void callsHoldPairsOfLikeLengthWithinTheirTokens() throws Exception {
        ObservedModel model = new ObservedModel(Tokens::length);
        try (CrossEncoderReranker reranker = reranker(model, options(1))) {
            List<CompletableFuture<RerankOutcome>> outcomes = new ArrayList<>();
            outcomes.add(rerank(reranker, "pump", List.of("water"), AMPLE));
            model.begun.acquire();
            for (int query = 0; query < 4; query++) {
                List<String> passages = new ArrayList<>();
                for (int passage = 0; passage < 10; passage++) {
                    passages.add("water ".repeat(1 + 7 * ((query + 3 * passage) % 10)));
                }
                outcomes.add(rerank(reranker, "pump", passages, AMPLE));
            }
            model.answering();
            for (CompletableFuture<RerankOutcome> outcome : outcomes) {
                assertThat(scores(outcome)).doesNotContain(Double.NaN);
            }
        }
        long padded = 0;
        long filled = 0;
        for (List<Tokens> call : model.calls) {
            int longest = call.stream().mapToInt(Tokens::length).max().orElseThrow();
            assertThat(call.size() * longest).isLessThanOrEqualTo(BATCH_TOKENS);
            padded += (long) call.size() * longest;
            filled += call.stream().mapToInt(Tokens::length).sum();
        }
        assertThat(padded).isLessThan(filled * 5 / 4);
        assertThat(model.calls).hasSizeLessThan(1 + 40 / 4);
    }

    @Test
    void aLongPassageIsCutAndSoIsALongQuery() throws Exception {
        ObservedModel model = new ObservedModel(tokens -> tokens.ids()[tokens.length() - 2]).answering();
        CrossEncoderOptions options = options(1);
        try (CrossEncoderReranker reranker = reranker(model, options)) {
            scores(rerank(reranker, "pump", List.of("water ".repeat(1_000)), AMPLE));
            scores(rerank(reranker, "pump ".repeat(1_000), List.of("water ".repeat(1_000)), AMPLE));
        }
        for (List<Tokens> call : model.calls) {
            Tokens pair = call.getFirst();
            assertThat(pair.length()).isEqualTo(options.maxTokensPerPair());
            assertThat(Arrays.stream(pair.types()).filter(type -> type == 1).count())
                    .isGreaterThan(options.maxTokensPerPair() / 2 - SPECIAL_TOKENS);
        }
    }

    @Test
    void passagesBeyondTheTokensOfARequestAreNotScored() throws Exception {
        ObservedModel model = new ObservedModel(Tokens::length).answering();
        CrossEncoderOptions options = new CrossEncoderOptions("", null, 16, 31, 100, 2, "cpu", 0);
        try (CrossEncoderReranker reranker = reranker(model, options)) {
            // Tokens of the pairs: 10, 12, 10, 5; the last would fit where the third does not.
            double[] scores = scores(rerank(
                    reranker,
                    "pump",
                    List.of("water ".repeat(6), "water ".repeat(8), "water ".repeat(6), "water"),
                    AMPLE));

            assertThat(scores).containsExactly(10, 12, Double.NaN, Double.NaN);
        }
    }

    @Test
    void whatNobodyWaitsForIsNotBegun() throws Exception {
        ObservedModel model = new ObservedModel(Tokens::length);
        try (CrossEncoderReranker reranker = reranker(model, options(1))) {
            CompletableFuture<RerankOutcome> first = rerank(reranker, "pump", List.of("water"), AMPLE);
            model.begun.acquire();
            CompletableFuture<RerankOutcome> late = rerank(reranker, "pump", List.of("w7"), Duration.ofMillis(30));
            CompletableFuture<RerankOutcome> left = rerank(reranker, "pump", List.of("w8"), AMPLE);
            CompletableFuture<RerankOutcome> last = rerank(reranker, "pump", List.of("w9"), AMPLE);
            left.cancel(true);

            assertFailed(late, Kind.TIMEOUT, "not done within");
            model.answering();
            scores(first);
            scores(last);
        }
        assertThat(model.saw(id("w9"))).isTrue();
        assertThat(model.saw(id("w8"))).isFalse();
        assertThat(model.saw(id("w7"))).isFalse();
    }

    @Test
    void pairsOfACallThatIsOverAreDropped() throws Exception {
        ObservedModel model = new ObservedModel(Tokens::length);
        try (CrossEncoderReranker reranker = reranker(model, options(1))) {
            CompletableFuture<RerankOutcome> over =
                    rerank(reranker, "pump", Collections.nCopies(20, "w7 ".repeat(150)), AMPLE);
            model.begun.acquire();
            CompletableFuture<RerankOutcome> next = rerank(reranker, "pump", List.of("w8"), AMPLE);
            over.cancel(true);
            model.answering();

            assertThat(scores(next)).containsExactly(5);
        }
        assertThat(model.calls).hasSize(2);
        assertThat(model.calls.getLast()).hasSize(1);
    }

    @Test
    void pairsOfAModelThatScalesByTheCallShareNone() {
        byte[] json = TinyCrossEncoder.tokenizer().getBytes(StandardCharsets.UTF_8);
        Signature signature = new Signature(true, true, false, "logits", true, true);
        try (ModelTokenizer tokenizer = ModelTokenizer.truncating(json, 256)) {
            PairTrial trial = new PairTrial(options(1), tokenizer, new ObservedModel(tokens -> 1).answering());

            assertThat(trial.neighboursDoNotMatter(graph("MatMul"), signature)).isTrue();
            assertThat(trial.neighboursDoNotMatter(graph("MatMulInteger"), signature))
                    .isFalse();
        }
    }

    private static OnnxGraph graph(String operator) {
        return new OnnxGraph(List.of(), List.of(), Set.of(operator), Set.of());
    }

    @Test
    void aCallBeyondWhatMayWaitIsRefusedUntilThereIsRoom() throws Exception {
        ObservedModel model = new ObservedModel(Tokens::length);
        CrossEncoderOptions options = new CrossEncoderOptions("", null, 64, 512, 3, 1, "cpu", 0);
        try (CrossEncoderReranker reranker = reranker(model, options)) {
            CompletableFuture<RerankOutcome> first = rerank(reranker, "pump", List.of("water"), AMPLE);
            model.begun.acquire();
            CompletableFuture<RerankOutcome> waiting =
                    rerank(reranker, "pump", List.of("water", "w1"), Duration.ofSeconds(1));

            assertFailed(rerank(reranker, "pump", List.of("water", "w2"), AMPLE), Kind.UNAVAILABLE, "too much to do");
            assertFailed(waiting, Kind.TIMEOUT, "not done within");
            // What is over makes room.
            CompletableFuture<RerankOutcome> later = rerank(reranker, "pump", List.of("water", "w3"), AMPLE);
            model.answering();
            assertThat(scores(first)).hasSize(1);
            assertThat(scores(later)).hasSize(2);
        }
    }

    @Test
    void aScoreThatIsNotFiniteIsInvalid() throws Exception {
        ObservedModel model = new ObservedModel(tokens -> tokens.length() == 5 ? Double.NaN : 1).answering();
        try (CrossEncoderReranker reranker = reranker(model, options(1))) {
            assertFailed(rerank(reranker, "pump", List.of("the water", "water"), AMPLE), Kind.INVALID, "finite");
            assertThat(scores(rerank(reranker, "pump", List.of("the water"), AMPLE)))
                    .containsExactly(1);
        }
    }

    @Test
    void aModelThatFailsIsUnavailableAndIsAskedAgain() throws Exception {
        for (RuntimeException failure : List.of(new EncoderFailure("no memory"), new IllegalStateException("bug"))) {
            List<RuntimeException> failures = new ArrayList<>(List.of(failure));
            ObservedModel model = new ObservedModel(tokens -> {
                        if (!failures.isEmpty()) {
                            throw failures.removeFirst();
                        }
                        return 1;
                    })
                    .answering();
            try (CrossEncoderReranker reranker = reranker(model, options(1))) {
                assertFailed(rerank(reranker, "pump", List.of("water"), AMPLE), Kind.UNAVAILABLE, "failed");
                assertThat(scores(rerank(reranker, "pump", List.of("water"), AMPLE)))
                        .containsExactly(1);
            }
        }
    }

    @Test
    void nativeMemoryIsFreedWhenNobodyUsesIt() throws Exception {
        ObservedModel model = new ObservedModel(Tokens::length, 300);
        CrossEncoderReranker reranker = reranker(model, options(2));
        List<CompletableFuture<RerankOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(rerank(reranker, "pump", List.of("water"), AMPLE));
        }
        model.begun.acquire();

        reranker.close();

        assertThat(model.closed).isTrue();
        for (CompletableFuture<RerankOutcome> outcome : outcomes) {
            assertFailed(outcome, Kind.UNAVAILABLE, "closed");
        }
        assertFailed(rerank(reranker, "pump", List.of("water"), AMPLE), Kind.UNAVAILABLE, "closed");
    }

    private static CrossEncoderOptions options(int threads) {
        return new CrossEncoderOptions("", null, 256, 4_096, 512, threads, "cpu", 0);
    }

    private static CrossEncoderReranker reranker(PairModel model, CrossEncoderOptions options) {
        byte[] json = TinyCrossEncoder.tokenizer().getBytes(StandardCharsets.UTF_8);
        return new CrossEncoderReranker(
                ModelTokenizer.truncating(json, options.maxTokensPerPair()), model, options, BATCH_TOKENS);
    }

    private static long id(String word) {
        byte[] json = TinyCrossEncoder.tokenizer().getBytes(StandardCharsets.UTF_8);
        try (ModelTokenizer tokenizer = ModelTokenizer.truncating(json, 16)) {
            return tokenizer.pair("", word).ids()[2];
        }
    }

    private static CompletableFuture<RerankOutcome> rerank(
            Reranker reranker, String query, List<String> texts, Duration budget) {
        List<RerankPassage> passages = new ArrayList<>();
        for (String text : texts) {
            passages.add(new RerankPassage("chunk-" + passages.size(), text, null));
        }
        return reranker.rerank(new RerankQuery(query, null), passages, budget);
    }

    private static double[] scores(CompletableFuture<RerankOutcome> outcome) throws Exception {
        assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(Scored.class);
        return ((Scored) outcome.get()).scores();
    }

    private static void assertFailed(CompletableFuture<RerankOutcome> outcome, Kind kind, String words)
            throws Exception {
        assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.reason()).contains(words);
        });
    }
}
