package dev.freshet.bench;

import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.VectorSum;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.core.revision.ChunkedText;
import dev.freshet.core.text.CanonicalText;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchIndexWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sends ready documents in bulk requests as large as the job's, a few at a time, and does nothing else. */
final class BareBulk {
    /** The handbook's. */
    private static final String LANGUAGE = "en";

    private final BulkSender sender;
    private final Chunker chunker;
    private final Embedder embedder;

    BareBulk(OpenSearchConnection connection, Chunker chunker, Embedder embedder, int connections) {
        this.sender = new BulkSender(new OpenSearchIndexWriter(connection, Clock.systemUTC()), connections);
        this.chunker = chunker;
        this.embedder = embedder;
    }

    /** Everything that the pipeline would write for these documents, cut into requests; not part of what is measured. */
    List<List<IndexWrite>> prepare(String tenant, List<Corpus.Document> documents) {
        List<IndexWrite> writes = new ArrayList<>();
        documents.forEach(document -> writes.addAll(writes(tenant, document)));
        List<List<IndexWrite>> requests = new ArrayList<>();
        for (int from = 0; from < writes.size(); from += BulkSender.ITEMS) {
            requests.add(List.copyOf(writes.subList(from, Math.min(writes.size(), from + BulkSender.ITEMS))));
        }
        return requests;
    }

    static long chunks(List<List<IndexWrite>> requests) {
        return requests.stream()
                .flatMap(List::stream)
                .filter(IndexWrite.PutChunk.class::isInstance)
                .count();
    }

    private List<IndexWrite> writes(String tenant, Corpus.Document document) {
        DocumentKey key = new DocumentKey(tenant, document.id());
        DocumentFields fields = new DocumentFields(document.title(), null, document.contentType(), "{}", List.of())
                .withLanguage(LANGUAGE);
        ChangeOrder order = new ChangeOrder(0, 1);
        List<TextChunk> chunks = chunker.chunk(document.contentType(), CanonicalText.of(document.content()));
        List<IndexWrite> writes = new ArrayList<>();
        List<ChunkPlacement> manifest = new ArrayList<>();
        VectorSum.Sums sums = new VectorSum.Sums(VectorSum.NONE);
        for (int i = 0; i < chunks.size(); i++) {
            TextChunk chunk = chunks.get(i);
            String id = ChunkedText.chunkId(key, Integer.toString(i), 0);
            float[] vector = vector(chunk.text());
            sums.add(vector, 1);
            manifest.add(new ChunkPlacement(id, id, chunk.start(), chunk.end()));
            writes.add(new IndexWrite.PutChunk(new ChunkDocument(
                    id,
                    order.fence(),
                    tenant,
                    key.id(),
                    chunk.headingPath(),
                    chunk.text(),
                    chunk.tokens(),
                    ChunkMetadata.of(chunk),
                    fields,
                    Instant.EPOCH,
                    vector)));
        }
        writes.add(new IndexWrite.PutDocument(new DocumentEntry(
                key, order, fields, Instant.EPOCH, manifest, sums.sum().mean())));
        return writes;
    }

    private float[] vector(String text) {
        return ((Embedded) embedder.embedPassages(List.of(text)).join().getFirst()).vector();
    }

    /** Returns when all are acknowledged. */
    void send(List<List<IndexWrite>> requests) throws InterruptedException {
        sender.send(requests);
    }
}
