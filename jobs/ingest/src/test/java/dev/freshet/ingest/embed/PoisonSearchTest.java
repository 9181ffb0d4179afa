package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.embed.BatchRefusedException;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.EmbedOutcome.Rejected;
import dev.freshet.core.embed.EmbedderMisconfiguredException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoisonSearchTest {
    private final List<List<Passage>> requests = new ArrayList<>();
    private Predicate<Passage> poison = passage -> passage.text().startsWith("poison");
    private boolean deliberate = true;
    private CompletableFuture<?> harmless = CompletableFuture.completedFuture(List.of());
    private int harmlessAsked;

    @Test
    void aTextThatIsRefusedStandsAlone() throws Exception {
        List<EmbedOutcome> outcomes = embed(texts(16, 7));

        assertThat(outcomes.get(7)).isEqualTo(new Rejected("refused_by_provider", "said no"));
        assertThat(outcomes).filteredOn(Embedded.class::isInstance).hasSize(15);
        // The batch, and two halves at every of four steps.
        assertThat(requests).hasSize(1 + 2 * 4);
        assertThat(harmlessAsked).isEqualTo(1);
    }

    @Test
    void aModelThatOnlyStumblesIsAskedAgain() throws Exception {
        deliberate = false;
        poison = passage -> passage.text().startsWith("poison") && requests.size() < 3;

        assertThat(embed(texts(2, 1))).allMatch(Embedded.class::isInstance);

        poison = passage -> passage.text().startsWith("poison");
        assertThat(embed(texts(2, 1))).filteredOn(Rejected.class::isInstance).hasSize(1);
    }

    @Test
    void outcomesKeepTheOrderOfTheTexts() throws Exception {
        List<Passage> batch = texts(9, 4);

        List<EmbedOutcome> outcomes = embed(batch);

        for (int i = 0; i < batch.size(); i++) {
            if (i != 4) {
                assertThat(((Embedded) outcomes.get(i)).tokens())
                        .isEqualTo(batch.get(i).tokens());
            }
        }
    }

    @Test
    void noTextIsTakenForPoisonWhereAHarmlessOneIsNotEmbedded() {
        harmless = CompletableFuture.failedFuture(new EmbedderMisconfiguredException("look at --embedder-model"));

        assertThatThrownBy(() -> embed(texts(3, 0))).hasCauseInstanceOf(EmbedderMisconfiguredException.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void whatIsNoRefusalIsHandedOn() {
        PoisonSearch search =
                new PoisonSearch(batch -> CompletableFuture.failedFuture(new IOException("broken")), this::harmless);

        assertThatThrownBy(() -> search.embed(texts(3, 0)).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IOException.class);
    }

    private List<EmbedOutcome> embed(List<Passage> batch) throws Exception {
        return new PoisonSearch(this::request, this::harmless).embed(batch).get(30, TimeUnit.SECONDS);
    }

    private CompletableFuture<?> harmless() {
        harmlessAsked++;
        return harmless;
    }

    private CompletableFuture<List<EmbedOutcome>> request(List<Passage> batch) {
        requests.add(batch);
        if (batch.stream().anyMatch(poison)) {
            return CompletableFuture.failedFuture(
                    new BatchRefusedException("refused_by_provider", "said no", deliberate));
        }
        return CompletableFuture.completedFuture(batch.stream()
                .<EmbedOutcome>map(passage -> new Embedded(new float[] {1}, passage.tokens()))
                .toList());
    }

    private static List<Passage> texts(int count, int culprit) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Passage((i == culprit ? "poison " : "text ") + i, i + 1, true))
                .toList();
    }
}
