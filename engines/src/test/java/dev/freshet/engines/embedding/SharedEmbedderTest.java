package dev.freshet.engines.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.Embedder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SharedEmbedderTest {
    @Test
    void leasesShareOneEncoderUntilTheLastIsClosed() throws Exception {
        SharedEmbedder first = SharedEmbedder.lease("minilm", 1);
        SharedEmbedder second = SharedEmbedder.lease("minilm", 1);
        assertThat(second.shares(first)).isTrue();

        first.close();
        first.close();
        assertThat(second.embedQuery("tea").get(30, TimeUnit.SECONDS)).hasSize(384);

        second.close();
        assertThat(second.embedQuery("tea")).isCompletedExceptionally();
    }

    @Test
    void aLeaseAfterTheLastOpensTheEncoderAgain() throws Exception {
        SharedEmbedder.lease("minilm", 1).close();

        try (Embedder again = SharedEmbedder.lease("minilm", 1)) {
            assertThat(again.embedQuery("tea").get(30, TimeUnit.SECONDS)).hasSize(384);
        }
    }

    @Test
    void aClosedLeaseIsClosedThoughOthersAreOpen() {
        SharedEmbedder closed = SharedEmbedder.lease("minilm", 1);
        try (Embedder open = SharedEmbedder.lease("minilm", 1)) {
            closed.close();

            assertThat(closed.embedQuery("tea")).isCompletedExceptionally();
            assertThat(open.embedQuery("tea")).isCompleted();
        }
    }
}
