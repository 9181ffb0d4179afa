package dev.freshet.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Embedder} does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EmbedderContract {
    private static final String PUMP = "The pump raises the pressure of the water in the pipe.";
    private static final String CHOIR = "On Sundays a choir sings old songs from the mountains.";

    private Embedder embedder;

    protected abstract Embedder open();

    /** How far the components of a text's vector may move with what it is embedded beside; by default not at all. */
    protected float neighboursMove() {
        return 0;
    }

    @BeforeEach
    final void openEmbedder() {
        embedder = open();
    }

    @AfterEach
    final void closeEmbedder() {
        embedder.close();
    }

    @Test
    void namesItsModel() {
        assertThat(embedder.identity().name()).isNotBlank();
        assertThat(embedder.identity().dimension()).isPositive();
        assertThat(embedder.identity().maxTokens()).isPositive();
    }

    @Test
    void noTextsHaveNoOutcomes() throws Exception {
        assertThat(embed(List.of())).isEmpty();
    }

    @Test
    void everyVectorHasTheDimensionAndLengthOne() throws Exception {
        for (Embedded passage : embed(List.of(PUMP, CHOIR))) {
            assertUnit(passage.vector());
            assertThat(passage.tokens()).isPositive();
        }
        assertUnit(query(PUMP));
    }

    @Test
    void outcomesComeInTheOrderOfTheTextsWhateverTheirLength() throws Exception {
        List<String> texts = List.of(PUMP, CHOIR.repeat(7), "tea", PUMP.repeat(3), CHOIR);

        List<Embedded> together = embed(texts);

        for (int i = 0; i < texts.size(); i++) {
            assertSame(
                    together.get(i).vector(),
                    embed(List.of(texts.get(i))).getFirst().vector());
        }
    }

    @Test
    void concurrentCallsGetTheSameVectors() throws Exception {
        List<String> texts = List.of(PUMP, CHOIR, "tea");
        List<Embedded> expected = embed(texts);

        List<CompletableFuture<List<EmbedOutcome>>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(embedder.embedPassages(texts));
        }

        for (CompletableFuture<List<EmbedOutcome>> call : calls) {
            List<EmbedOutcome> outcomes = call.get(30, TimeUnit.SECONDS);
            for (int i = 0; i < texts.size(); i++) {
                assertSame(
                        ((Embedded) outcomes.get(i)).vector(), expected.get(i).vector());
            }
        }
    }

    @Test
    void aQueryIsNearestToThePassageThatAnswersIt() throws Exception {
        List<Embedded> passages = embed(List.of(PUMP, CHOIR));
        float[] query = query("What raises the pressure of water in a pipe?");

        assertThat(dot(query, passages.get(0).vector()))
                .isGreaterThan(dot(query, passages.get(1).vector()));
    }

    static List<String> oddTexts() {
        return List.of(
                "",
                " \n\t",
                "...!?",
                "\0 nul",
                "\uFEFFbyte order mark",
                "lone \uD83D high",
                "low lone \uDE00",
                "\uDE00\uD83D",
                "\uD83D\uDE00 \u0301 \u202E \u4E2D\u6587",
                "[CLS] [SEP] [PAD]",
                "a".repeat(1 << 20),
                "word ".repeat(200_000));
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void oddTextsHaveVectors(String text) throws Exception {
        assertUnit(embed(List.of(text)).getFirst().vector());
        assertUnit(query(text));
    }

    @Test
    void aClosedEmbedderIsUnavailable() {
        embedder.close();
        embedder.close();

        assertThatThrownBy(() -> embed(List.of(PUMP))).hasCauseInstanceOf(EmbedderUnavailableException.class);
        assertThatThrownBy(() -> query(PUMP)).hasCauseInstanceOf(EmbedderUnavailableException.class);
    }

    private List<Embedded> embed(List<String> texts) throws Exception {
        return embedder.embedPassages(texts).get(30, TimeUnit.SECONDS).stream()
                .map(Embedded.class::cast)
                .toList();
    }

    private float[] query(String query) throws Exception {
        return embedder.embedQuery(query).get(30, TimeUnit.SECONDS);
    }

    private void assertSame(float[] vector, float[] expected) {
        if (neighboursMove() == 0) {
            assertThat(vector).containsExactly(expected);
        } else {
            assertThat(vector).containsExactly(expected, within(neighboursMove()));
        }
    }

    private void assertUnit(float[] vector) {
        assertThat(vector).hasSize(embedder.identity().dimension());
        assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
