package dev.freshet.local.verify;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.verify.Verification;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchIndexAdmin;
import dev.freshet.engines.opensearch.OpenSearchIndexScan;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The index in OpenSearch. */
final class IndexReader implements IndexSource {
    private final OpenSearchConnection connection;
    private final Progress progress;
    private long documents;
    private long chunks;

    IndexReader(OpenSearchConnection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    @Override
    public void read(Verification verification, @Nullable Collection<DocumentKey> only) throws IOException {
        new OpenSearchIndexAdmin(connection).refresh();
        OpenSearchIndexScan scan = only == null
                ? OpenSearchIndexScan.ofAll(connection)
                : OpenSearchIndexScan.of(
                        connection,
                        only.stream().map(DocumentKey::id).distinct().toList());
        documents = 0;
        chunks = 0;
        verification.beginIndex();
        scan.documents(document -> {
            verification.indexed(document);
            documents++;
            progress.show(documents + chunks, 0);
        });
        scan.chunks(chunk -> {
            verification.indexed(chunk);
            chunks++;
            progress.show(documents + chunks, 0);
        });
        scan.chunksWithoutVector(chunk -> verification.withoutVector(chunk.document(), chunk.chunkId()));
    }

    @Override
    public long documents() {
        return documents;
    }

    @Override
    public long chunks() {
        return chunks;
    }
}
