package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
    private final WordEmbedder embedder = new WordEmbedder();

    @Test
    void theApiStartsWithoutAnEmbedderThatIsAway() {
        embedder.goDown();

        assertThatCode(() -> QueryApi.warmUp(embedder)).doesNotThrowAnyException();
    }

    @Test
    void theApiDoesNotStartWithAnEmbedderThatSomebodyMustSetUp() {
        embedder.failWith(new EmbedderMisconfiguredException("put a key into the file"));

        assertThatThrownBy(() -> QueryApi.warmUp(embedder))
                .isInstanceOf(EmbedderMisconfiguredException.class)
                .hasMessage("put a key into the file");
    }

    @Test
    void whatIsABugIsNotHidden() {
        embedder.failWith(new IllegalStateException("bug"));

        assertThatThrownBy(() -> QueryApi.warmUp(embedder)).isInstanceOf(CompletionException.class);
    }
}
