package dev.freshet.engines.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderContract;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import dev.freshet.engines.embedding.onnx.Signature;
import dev.freshet.engines.embedding.onnx.TinyEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportedEncoderTest {
    private static final float ROUNDING = 1e-5f;

    @TempDir
    private static Path folder;

    @Nested
    final class MiniLmFromAPath extends EmbedderContract {
        @Override
        protected Embedder open() {
            return ExportedEncoderTest.open(miniLm(), "mean");
        }
    }

    @Nested
    final class OfFloats extends EmbedderContract {
        @Override
        protected Embedder open() {
            return ExportedEncoderTest.open(tiny("contract", new TinyEncoder()), "mean");
        }

        @Override
        protected float neighboursMove() {
            return ROUNDING;
        }
    }

    @Test
    void aBuiltInModelFromAPathGivesTheSameVectors() throws Exception {
        List<String> texts = List.of("The pump raises the pressure.", "tea", "A choir sings. ".repeat(40), "");
        try (Embedder builtIn = Embedders.open("minilm", 2);
                Embedder exported = open(miniLm(), "mean")) {
            assertThat(exported.identity().checksum())
                    .isEqualTo(builtIn.identity().checksum());
            List<Embedded> expected = embed(builtIn, texts);
            List<Embedded> vectors = embed(exported, texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(vectors.get(i).vector())
                        .containsExactly(expected.get(i).vector());
                assertThat(vectors.get(i).tokens()).isEqualTo(expected.get(i).tokens());
            }
            assertThat(query(exported, "tea")).containsExactly(query(builtIn, "tea"));
        }
    }

    @Test
    void neighboursMoveNoVector() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add("water fire earth air ".repeat(i * 7 % 40) + i);
        }
        try (Embedder embedder = open(tiny("neighbours", new TinyEncoder()), "mean")) {
            List<Embedded> together = embed(embedder, texts);
            for (int i = 0; i < texts.size(); i++) {
                Embedded alone = embed(embedder, List.of(texts.get(i))).getFirst();
                assertThat(together.get(i).vector()).containsExactly(alone.vector(), within(ROUNDING));
                assertThat(together.get(i).tokens()).isEqualTo(alone.tokens());
            }
        }
    }

    @Test
    void textsShareCallsOnlyWhereThatMovesNoVector() {
        assertThat(batchTokens(tiny("shared", new TinyEncoder()), 0)).isEqualTo(512);
        assertThat(batchTokens(tiny("shared", new TinyEncoder()), 300)).isEqualTo(300);
        // Its activations are scaled by the range of the call.
        assertThat(batchTokens(miniLm(), 300)).isZero();
    }

    private static int batchTokens(Path path, int wanted) {
        OnnxOptions options = new OnnxOptions(path.toString(), "mean", null, null, 0, "auto", wanted);
        try (OnnxEmbedder embedder = (OnnxEmbedder) Embedders.open(settings(options))) {
            return embedder.batchTokens();
        }
    }

    @Test
    void textsOfAGraphThatIgnoresTheMaskStandAlone() throws Exception {
        assertTextsStandAlone(tiny("deaf", new TinyEncoder().deafToTheMask()));
        assertTextsStandAlone(tiny("maskless", new TinyEncoder().without(Signature.MASK)));
        assertTextsStandAlone(tiny("single", new TinyEncoder().fixed(1, -1)));
    }

    private static void assertTextsStandAlone(Path path) throws Exception {
        assertThat(batchTokens(path, 0)).isZero();
        try (Embedder embedder = open(path, "mean")) {
            List<Embedded> together = embed(embedder, List.of("tea", "water ".repeat(100)));
            assertThat(together.getFirst().vector())
                    .containsExactly(embed(embedder, List.of("tea")).getFirst().vector());
        }
    }

    @Test
    void positionsAndTypesAreGivenWhereTheyAreAskedFor() throws Exception {
        Path path = tiny("positions", new TinyEncoder().positions(600).with(Signature.TYPES));
        try (Embedder embedder = open(path, "cls")) {
            assertThat(query(embedder, "fire water")).isNotEqualTo(query(embedder, "water fire"));
        }
    }

    @Test
    void vectorsOfWholeTextsAreTakenAsTheyAre() throws Exception {
        Path tokens = tiny("tokens", new TinyEncoder());
        Path texts = tiny("texts", new TinyEncoder().giving("token_embeddings", "sentence_embedding"));
        try (Embedder pooledHere = open(tokens, "max");
                Embedder pooledThere = open(texts, null)) {
            assertThat(pooledThere.identity().pooling()).isEqualTo("none");
            assertThat(query(pooledThere, "tea")).containsExactly(query(pooledHere, "tea"), within(ROUNDING));
        }
    }

    @Test
    void weightsMayLieInAFileBesideTheGraph() throws Exception {
        try (Embedder inside = open(tiny("inside", new TinyEncoder()), "mean");
                Embedder outside = open(tiny("outside", new TinyEncoder().external("weights.bin")), "mean")) {
            assertThat(query(outside, "tea")).containsExactly(query(inside, "tea"));
        }
    }

    @Test
    void prefixesAreReadWithTheText() throws Exception {
        Path path = tiny("prefixes", new TinyEncoder());
        OnnxOptions options = new OnnxOptions(path.toString(), "mean", "query: ", "passage: ", 0, "cpu", 0);
        try (Embedder with = ExportedEncoder.open(options, 1);
                Embedder without = open(path, "mean")) {
            assertThat(query(with, "tea")).containsExactly(query(without, "query: tea"));
            assertThat(embed(with, List.of("tea")).getFirst().vector())
                    .containsExactly(
                            embed(without, List.of("passage: tea")).getFirst().vector());
        }
    }

    @Test
    void textsAreCutAtTheLimit() throws Exception {
        Path path = tiny("cut", new TinyEncoder());
        try (Embedder embedder =
                ExportedEncoder.open(new OnnxOptions(path.toString(), "mean", null, null, 64, "auto", 0), 1)) {
            assertThat(embed(embedder, List.of("water ".repeat(200))).getFirst().tokens())
                    .isEqualTo(64);
            assertThat(embedder.identity().maxTokens()).isEqualTo(64);
        }
    }

    @Test
    void whatOnlyARunShowsIsRefusedWhenItOpens() throws Exception {
        assertRefused(tiny("short", new TinyEncoder().positions(100)), "512 tokens", "--embedder-max-tokens");
        assertRefused(tiny("other", new TinyEncoder().vocabulary(30_000)), "30521", "not of the same model");
        Path broken = tiny("broken", new TinyEncoder());
        Files.writeString(
                broken.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Other\", \"vocab\": {\"a\": 0}}}");
        assertRefused(broken, "tokenizer.json cannot be used");
        Files.writeString(broken.resolve("tokenizer.json"), "{}");
        assertRefused(broken, "tokenizer.json has no vocabulary");
    }

    @Test
    void aGpuThatIsInsistedOnAndNotKnownIsRefused() {
        Path path = tiny("gpu", new TinyEncoder());

        assertThatThrownBy(() ->
                        Embedders.open(settings(new OnnxOptions(path.toString(), "mean", null, null, 0, "cuda", 0))))
                .isInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessageContaining("onnxruntime_gpu");
    }

    @Test
    void chunksAreCountedWithTheTokenizerOfTheEncoder() {
        String text = "Embeddings of caf\u00e9s, 1 000 of them.";

        assertThat(Tokenizers.open(settings(options(miniLm(), "mean"))).count(text))
                .isEqualTo(Tokenizers.open("minilm").count(text));
        assertThatThrownBy(() -> Tokenizers.open(settings(options(folder.resolve("nowhere"), "mean"))))
                .isInstanceOf(EmbedderMisconfiguredException.class);
    }

    private static void assertRefused(Path path, String... words) {
        assertThatThrownBy(() -> open(path, "mean"))
                .isInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(words);
    }

    private static EmbedderSettings settings(OnnxOptions options) {
        return new EmbedderSettings("onnx", 2, null, options);
    }

    private static OnnxOptions options(Path path, @Nullable String pooling) {
        return new OnnxOptions(path.toString(), pooling, null, null, 0, "auto", 0);
    }

    private static Embedder open(Path path, @Nullable String pooling) {
        return Embedders.open(settings(options(path, pooling)));
    }

    private static Path miniLm() {
        return model("minilm", BuiltInModel.MINILM.graph());
    }

    private static Path tiny(String name, TinyEncoder encoder) {
        Path path = model(name, new byte[0]);
        try {
            encoder.write(path.resolve("model.onnx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    private static Path model(String name, byte[] graph) {
        try {
            Path path = Files.createDirectories(folder.resolve(name));
            Files.write(path.resolve("tokenizer.json"), BuiltInModel.MINILM.tokenizer());
            Files.write(path.resolve("model.onnx"), graph);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Embedded> embed(Embedder embedder, List<String> texts) throws Exception {
        List<EmbedOutcome> outcomes = embedder.embedPassages(texts).get(30, TimeUnit.SECONDS);
        return outcomes.stream().map(Embedded.class::cast).toList();
    }

    private static float[] query(Embedder embedder, String text) throws Exception {
        return embedder.embedQuery(text).get(30, TimeUnit.SECONDS);
    }
}
