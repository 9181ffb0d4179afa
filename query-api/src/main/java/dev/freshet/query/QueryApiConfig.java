package dev.freshet.query;

import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.rerank.RerankerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the query API needs to know.
 *
 * @param host address to listen on
 * @param publishedOnLoopback whether the address is a container's own, published on the host's loopback interface only
 * @param port to listen on; 0 for any
 * @param openSearch URL of OpenSearch
 * @param kafkaBootstrapServers host:port, more with commas between
 * @param topic of document changes
 * @param watermarksTopic where the ingest job says how far the index follows the changes
 * @param embedder of the same model as the ingest job's
 * @param searchTimeout of a whole search
 * @param rankingProfile file of the ranking profile; null for the default one
 * @param rerankers of which the ranking profile says which one is asked
 * @param llm what a language model is asked for; null where there is none
 */
record QueryApiConfig(
        String host,
        boolean publishedOnLoopback,
        int port,
        URI openSearch,
        String kafkaBootstrapServers,
        String topic,
        String watermarksTopic,
        EmbedderSettings embedder,
        Duration searchTimeout,
        @Nullable Path rankingProfile,
        RerankerSettings rerankers,
        LlmArguments.@Nullable Uses llm) {}
