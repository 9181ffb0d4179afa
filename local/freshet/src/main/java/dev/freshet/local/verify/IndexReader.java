package dev.freshet.local.verify;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.verify.Verification;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchIndexAdmin;
import dev.freshet.engines.opensearch.OpenSearchIndexScan;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Lets a verification see the index as it is now. */
final class IndexReader {
    private final OpenSearchConnection connection;
    private final Progress progress;
    private long documents;
    private long chunks;

    IndexReader(OpenSearchConnection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** @param only documents; null for all */
    void read(Verification verification, @Nullable Collection<DocumentKey> only) throws IOException {
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

    long documents() {
        return documents;
    }

    long chunks() {
        return chunks;
    }
}
