package dev.freshet.engines.embedding.openai;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.embed.EmbedderContract;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class OpenAiEmbedderContractTest extends EmbedderContract {
    private FakeProvider provider;

    @BeforeAll
    void start() throws IOException {
        provider = new FakeProvider();
    }

    @AfterAll
    void stop() {
        provider.close();
    }

    @Override
    protected Embedder open() {
        return OpenAiEmbedder.open(
                new OpenAiOptions(provider.url(), "words", ApiKey.NONE, 0, false, "", "", Duration.ofSeconds(30)));
    }
}
