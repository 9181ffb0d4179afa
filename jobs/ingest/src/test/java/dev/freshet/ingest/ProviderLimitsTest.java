package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ContentDefinedChunker;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.govern.GovernorLimits;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.SharedEmbedder;
import dev.freshet.ingest.MeteredProvider.Arrival;
import dev.freshet.ingest.embed.EmbedLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The limits of a provider per minute, measured at its door. A few seconds of each are in the normal build; the profile {@code nightly}
 * takes five minutes, and looks as well at how much of the limits is used.
 */
class ProviderLimitsTest {
    private static final int SECONDS = Integer.getInteger("freshet.limit.seconds", 5);
    private static final int REQUESTS = 3_000;
    private static final int TOKENS = 1_000_000;
    private static final int LONG_ENOUGH = 300;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private final String name = UUID.randomUUID().toString();

    /** What binds is the limit of requests where they are small, and that of tokens where they are large. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"requests, 1, 60", "tokens, 16, 300"})
    void theLimitsAreKeptAndUsed(String limit, int textsOfARequest, int wordsOfAText) throws Exception {
        try (MeteredProvider provider = new MeteredProvider(1)) {
            provider.takes(100);
            EmbedderSettings settings = provider.embedder(Duration.ofSeconds(30));
            Outside.named(name).embedders = () -> SharedEmbedder.lease(settings);
            double tokensOfAText = wordsOfAText * MeteredProvider.TOKENS_OF_A_WORD;
            double perSecond =
                    limit.equals("requests") ? REQUESTS / 60.0 * textsOfARequest : TOKENS / 60.0 / tokensOfAText;

            run(Math.round(perSecond * SECONDS), textsOfARequest, wordsOfAText);

            long requests = provider.mostInAMinute(arrival -> 1);
            long tokens = provider.mostInAMinute(Arrival::tokens);
            double window = Math.min(1, provider.seconds() / 60);
            double usedRequests = provider.total(arrival -> 1) / (REQUESTS * provider.seconds() / 60);
            double usedTokens = provider.total(Arrival::tokens) / (TOKENS * provider.seconds() / 60);
            System.out.printf(
                    "Limit of %s: most within a minute %d requests, %d tokens; used in %.0f s %.3f of the requests, %.3f of the tokens%n",
                    limit, requests, tokens, provider.seconds(), usedRequests, usedTokens);
            // In less than a minute a hundredth of one that gathered, and one request, weigh more.
            assertThat(requests).isLessThanOrEqualTo(Math.round(REQUESTS * (window + 0.02)));
            assertThat(tokens).isLessThanOrEqualTo(Math.round(TOKENS * (window + 0.02)));
            if (SECONDS >= LONG_ENOUGH) {
                assertThat(Math.max(usedRequests, usedTokens)).isBetween(0.95, 1.02);
            }
        }
    }

    private void run(long documents, int textsOfARequest, int wordsOfAText) throws Exception {
        StreamExecutionEnvironment env = Topologies.environment(4, Duration.ofSeconds(5));
        GeneratorFunction<Long, RawRecord> documentOf = number -> document(number, wordsOfAText);
        Topologies.embedding(
                        name,
                        new DataGeneratorSource<>(documentOf, documents, TypeInformation.of(RawRecord.class)),
                        new EmbedLimits(
                                textsOfARequest,
                                TOKENS / 100,
                                Duration.ofMillis(20),
                                8,
                                new GovernorLimits(REQUESTS, TOKENS, true),
                                0),
                        () -> new ContentDefinedChunker(
                                text -> text.strip().split("\\s+").length,
                                new ChunkSize(wordsOfAText, 4 * wordsOfAText)))
                .build(env);
        env.execute();
    }

    /** One chunk. */
    private static RawRecord document(long number, int words) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append("word").append(random.nextInt(100_000)).append(' ');
        }
        return Logs.record(
                number,
                ChangeEnvelope.upsert(
                        new DocumentKey("acme", "doc-" + number),
                        new ChangeOrder(0, 1),
                        Instant.EPOCH,
                        "text/plain",
                        text.toString()));
    }
}
