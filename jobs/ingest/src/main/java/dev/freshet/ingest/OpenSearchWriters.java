package dev.freshet.ingest;

import dev.freshet.core.embed.Embedder;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.SearchableProbe;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.SharedEmbedder;
import dev.freshet.engines.opensearch.Bm25;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchIndexAdmin;
import dev.freshet.engines.opensearch.OpenSearchIndexWriter;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import dev.freshet.engines.opensearch.OpenSearchSearchableProbe;
import dev.freshet.ingest.index.IndexWriterFactory;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Opens writers to OpenSearch, and sees to it that the indices exist and belong to the embedder's vector space.
 *
 * @param url of OpenSearch
 * @param embedder whose vectors are written; as in the embed stage: both lease the same
 * @param bm25 of indices that are created
 */
record OpenSearchWriters(String url, EmbedderSettings embedder, Bm25 bm25) implements IndexWriterFactory {
    @Override
    public IndexWriter open() {
        OpenSearchConnection connection =
                OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(URI.create(url))));
        try (Embedder model = SharedEmbedder.lease(embedder)) {
            new OpenSearchIndexAdmin(connection, bm25).ensureIndices(model.identity(), model.tokenVectors());
            return new ConnectedWriter(connection, new OpenSearchIndexWriter(connection, Clock.systemUTC()));
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public SearchableProbe openProbe() {
        OpenSearchConnection connection =
                OpenSearchConnection.open(OpenSearchOptions.forProbes(List.of(URI.create(url))));
        return new ConnectedProbe(connection, new OpenSearchSearchableProbe(connection));
    }

    /** A probe that owns its connection: looking must not take the place of writing. */
    private record ConnectedProbe(OpenSearchConnection connection, SearchableProbe probe) implements SearchableProbe {
        @Override
        public CompletableFuture<OptionalLong> searchableFence(String chunkId) {
            return probe.searchableFence(chunkId);
        }

        @Override
        public void close() {
            probe.close();
            connection.close();
        }
    }

    /** A writer that owns its connection. */
    private record ConnectedWriter(OpenSearchConnection connection, IndexWriter writer) implements IndexWriter {
        @Override
        public CompletableFuture<List<WriteOutcome>> write(List<IndexWrite> writes) {
            return writer.write(writes);
        }

        @Override
        public void close() {
            writer.close();
            connection.close();
        }
    }
}
