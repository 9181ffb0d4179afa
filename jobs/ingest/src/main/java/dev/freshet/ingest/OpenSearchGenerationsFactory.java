package dev.freshet.ingest;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.index.IndexGenerations;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.SharedEmbedder;
import dev.freshet.engines.opensearch.Bm25;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchGenerations;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import dev.freshet.ingest.rebuild.IndexGenerationsFactory;
import java.net.URI;
import java.util.List;

/**
 * Opens the generations of the indices on OpenSearch.
 *
 * @param url of OpenSearch
 * @param embedder whose vectors they hold; as in the embed stage: both lease the same
 * @param bm25 how they weigh words
 */
record OpenSearchGenerationsFactory(String url, EmbedderSettings embedder, Bm25 bm25)
        implements IndexGenerationsFactory {
    @Override
    public IndexGenerations open() {
        OpenSearchConnection connection =
                OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(URI.create(url))));
        try (Embedder model = SharedEmbedder.lease(embedder)) {
            return new ConnectedGenerations(
                    connection, new OpenSearchGenerations(connection, model.identity(), model.tokenVectors(), bm25));
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Generations that own their connection. */
    private record ConnectedGenerations(OpenSearchConnection connection, IndexGenerations generations)
            implements IndexGenerations {
        @Override
        public void begin(String generation) {
            generations.begin(generation);
        }

        @Override
        public boolean switchTo(String generation) {
            return generations.switchTo(generation);
        }

        @Override
        public List<String> retired() {
            return generations.retired();
        }

        @Override
        public void delete(List<String> indices) {
            generations.delete(indices);
        }

        @Override
        public void close() {
            generations.close();
            connection.close();
        }
    }
}
