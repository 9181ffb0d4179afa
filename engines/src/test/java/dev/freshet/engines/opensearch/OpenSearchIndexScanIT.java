package dev.freshet.engines.opensearch;

import static dev.freshet.engines.opensearch.SharedOpenSearch.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrite.PutChunk;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.search.StoredDocument.Passage;
import dev.freshet.core.verify.IndexedChunk;
import dev.freshet.core.verify.IndexedDocument;
import dev.freshet.engines.opensearch.OpenSearchIndexScan.ChunkName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read back of all that a real OpenSearch holds. */
final class OpenSearchIndexScanIT {
    @RegisterExtension
    static final SharedOpenSearch OPEN_SEARCH = new SharedOpenSearch();

    @BeforeAll
    static void ensureIndices() {
        OPEN_SEARCH.admin().ensureIndices(MODEL);
    }

    /** More than a page, so that pages follow each other. */
    @Test
    void aScanFindsEverythingOnceWithItsVersion() throws Exception {
        IndexWrites writes = new IndexWrites("scan");
        DocumentFields fields = IndexWrites.withMetadata("{\"b\":1.5,\"a\":[\"x\",\"y\"]}");
        List<IndexWrite> all = new ArrayList<>();
        for (int i = 0; i < 1_234; i++) {
            float[] vector = i == 77 ? null : IndexWrites.vectorAt(i % 90);
            all.add(writes.chunk("c" + i, 10 + i, "text " + i, vector, fields));
        }
        all.add(writes.document("a page", new ChangeOrder(0, 5), fields, List.of((PutChunk) all.getFirst())));
        assertThat(OPEN_SEARCH.write(all)).containsOnly(new Written());
        OPEN_SEARCH.admin().refresh();
        OpenSearchIndexScan scan = OpenSearchIndexScan.ofAll(OPEN_SEARCH.connection());
        List<IndexedChunk> chunks = new ArrayList<>();
        List<IndexedDocument> documents = new ArrayList<>();
        List<ChunkName> withoutVector = new ArrayList<>();

        scan.chunks(chunks::add);
        scan.documents(documents::add);
        scan.chunksWithoutVector(withoutVector::add);

        DocumentFields canonical = IndexWrites.withMetadata("{\"a\":[\"x\",\"y\"],\"b\":1.5}");
        assertThat(chunks).hasSize(1_234).doesNotHaveDuplicates();
        assertThat(chunks)
                .contains(new IndexedChunk(
                        writes.id("c9"),
                        new DocumentKey("scan", "document-of-c9"),
                        19,
                        canonical,
                        List.of("Guide", "Set up"),
                        "text 9"));
        assertThat(documents)
                .containsExactly(new IndexedDocument(
                        new DocumentKey("scan", "a page"),
                        5,
                        canonical,
                        List.of(new Passage(writes.id("c0"), 0, "text 0".length()))));
        assertThat(withoutVector)
                .containsExactly(new ChunkName(new DocumentKey("scan", "document-of-c77"), writes.id("c77")));

        chunks.clear();
        OpenSearchIndexScan.of(OPEN_SEARCH.connection(), List.of("document-of-c3", "a page"))
                .chunks(chunks::add);
        assertThat(chunks)
                .extracting(IndexedChunk::id)
                .contains(writes.id("c3"))
                .doesNotContain(writes.id("c4"));
    }
}
