package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrite.PutChunk;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.IndexWriterContract;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.SearchableProbe;
import dev.freshet.core.index.SearchableProbeContract;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.ChunkSearchContract;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.StoredDocument.Passage;
import dev.freshet.core.search.Visibility;
import dev.freshet.core.verify.IndexedChunk;
import dev.freshet.core.verify.IndexedDocument;
import dev.freshet.engines.opensearch.OpenSearchIndexScan.ChunkName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of the index ports, and what only a real OpenSearch can do wrong. */
final class OpenSearchAdapterIT {
    private static final ModelIdentity MODEL =
            new ModelIdentity("test-model", "abc123", "mean", "", "", IndexWrites.DIMENSION, 512);

    private static OpenSearchProcess node;
    private static OpenSearchConnection connection;
    private static OpenSearchIndexAdmin admin;
    private static OpenSearchIndexWriter writer;
    private static OpenSearchChunkSearch search;
    private static OpenSearchDocumentReader documents;

    @BeforeAll
    static void start(@TempDir Path home) {
        node = OpenSearchProcess.start(home);
        connection = OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(node.url())));
        admin = new OpenSearchIndexAdmin(connection);
        // As several processes do that start together.
        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> admin.ensureIndices(MODEL)))
                        .toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        writer = new OpenSearchIndexWriter(connection, InstantSource.system());
        search = new OpenSearchChunkSearch(connection);
        documents = new OpenSearchDocumentReader(connection);
    }

    @AfterAll
    static void stop() {
        connection.close();
        node.close();
    }

    @Nested
    final class Writing extends IndexWriterContract {
        @Override
        protected IndexWriter writer() {
            return writer;
        }

        @Override
        protected ChunkSearch search() {
            return search;
        }

        @Override
        protected DocumentReader documents() {
            return documents;
        }

        @Override
        protected void refresh() {
            admin.refresh();
        }
    }

    @Nested
    final class Searching extends ChunkSearchContract {
        @Override
        protected IndexWriter writer() {
            return writer;
        }

        @Override
        protected ChunkSearch search() {
            return search;
        }

        @Override
        protected void refresh() {
            admin.refresh();
        }
    }

    @Nested
    final class Probing extends SearchableProbeContract {
        @Override
        protected SearchableProbe probe() {
            return new OpenSearchSearchableProbe(connection);
        }

        @Override
        protected IndexWriter writer() {
            return writer;
        }

        @Override
        protected void refresh() {
            admin.refresh();
        }
    }

    @Test
    void whatIsAcknowledgedIsSeenByTheProbeOnlyAfterTheNextRefresh() throws Exception {
        IndexWrites writes = new IndexWrites("probe");
        OpenSearchSearchableProbe probe = new OpenSearchSearchableProbe(connection);
        try {
            set("{\"index.refresh_interval\":-1}");
            write(writes.chunk("a", 5, "alpha", null));
            assertThat(probe.searchableFence(writes.id("a")).get(30, TimeUnit.SECONDS))
                    .isEmpty();

            admin.refresh();
            write(writes.noChunk("a", 6));
            assertThat(probe.searchableFence(writes.id("a")).get(30, TimeUnit.SECONDS))
                    .hasValue(5);
        } finally {
            set("{\"index.refresh_interval\":\"1s\"}");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> probe.searchableFence(writes.id("a"))
                        .get(30, TimeUnit.SECONDS)
                        .isEmpty());
    }

    @Test
    void theIndicesAreReadyAndStayThatWay() {
        admin.ensureIndices(MODEL);

        assertThat(admin.ready()).isTrue();
    }

    @Test
    void anIndexOfAnEarlierReleaseGetsTheFieldsThatItLacks() throws Exception {
        String old = "freshet-documents-of-earlier";
        send(
                "PUT",
                "/" + old,
                "{\"mappings\":{\"dynamic\":\"strict\",\"properties\":{\"title\":{\"type\":\"text\",\"analyzer\":\"english\"}}}}");
        send(
                "POST",
                "/_aliases",
                "{\"actions\":[{\"add\":{\"index\":\"%s\",\"alias\":\"freshet-documents\"}}]}".formatted(old));
        try {
            admin.ensureIndices(MODEL);

            send("PUT", "/" + old + "/_doc/1", "{\"title\":\"x\",\"language\":\"en\"}");
        } finally {
            send("DELETE", "/" + old, "");
        }
    }

    @Test
    void anotherModelIsRefused() {
        ModelIdentity other = new ModelIdentity("other-model", "def", "cls", "", "", IndexWrites.DIMENSION, 512);

        assertThatThrownBy(() -> admin.ensureIndices(other))
                .isInstanceOf(IncompatibleIndexException.class)
                .hasMessageContaining("test-model (abc123)")
                .hasMessageContaining("other-model (def)");
    }

    @Test
    void aBlockedIndexIsTriedAgainLater() throws Exception {
        IndexWrites writes = new IndexWrites("blocked");
        try {
            setReadOnly("true");
            assertThat(write(writes.chunk("a", 1, "alpha", null)))
                    .singleElement()
                    .isInstanceOf(Retryable.class);
        } finally {
            setReadOnly("null");
        }
        assertThat(write(writes.chunk("a", 1, "alpha", null))).containsExactly(new Written());
    }

    @Test
    void aLegThatFailsDoesNotStopTheOther() throws Exception {
        ChunkQuery query = new ChunkQuery(
                Visibility.ofTenant("legs"),
                List.of(),
                List.of(new LegQuery.Nearest(new float[] {1, 0}, 10), new LegQuery.Keywords("alpha", 10)));

        List<LegOutcome> outcomes = search.search(query).get(30, TimeUnit.SECONDS);

        assertThat(outcomes.get(0)).isInstanceOf(LegOutcome.Failed.class);
        assertThat(outcomes.get(1)).isInstanceOf(LegOutcome.Found.class);
    }

    @Test
    void aRequestThatIsTooLargeIsSentInParts() throws Exception {
        String large = "word ".repeat(100_000);
        IndexWrites writes = new IndexWrites("large");
        IndexWrite[] all = IntStream.range(0, 160)
                .mapToObj(i -> writes.chunk("c" + i, 1, large, null))
                .toArray(IndexWrite[]::new);

        assertThat(write(all)).hasSize(160).containsOnly(new Written());
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
        assertThat(writer.write(all).get(60, TimeUnit.SECONDS)).containsOnly(new Written());
        admin.refresh();
        OpenSearchIndexScan scan = OpenSearchIndexScan.ofAll(connection);
        List<IndexedChunk> chunks = new ArrayList<>();
        List<IndexedDocument> documents = new ArrayList<>();
        List<ChunkName> withoutVector = new ArrayList<>();

        scan.chunks(chunk -> addIf(chunk.document().tenant().equals("scan"), chunk, chunks));
        scan.documents(document -> addIf(document.key().tenant().equals("scan"), document, documents));
        scan.chunksWithoutVector(chunk -> addIf(chunk.document().tenant().equals("scan"), chunk, withoutVector));

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
        OpenSearchIndexScan.of(connection, List.of("document-of-c3", "a page")).chunks(chunks::add);
        assertThat(chunks)
                .extracting(IndexedChunk::id)
                .contains(writes.id("c3"))
                .doesNotContain(writes.id("c4"));
    }

    private static <T> void addIf(boolean wanted, T found, List<T> all) {
        if (wanted) {
            all.add(found);
        }
    }

    @Test
    void withoutOpenSearchEverythingMayPass() throws Exception {
        OpenSearchOptions nowhere = new OpenSearchOptions(
                List.of(URI.create("http://127.0.0.1:1")), 1, Duration.ofSeconds(1), Duration.ofSeconds(2));
        try (OpenSearchConnection none = OpenSearchConnection.open(nowhere)) {
            List<WriteOutcome> outcomes = new OpenSearchIndexWriter(none, InstantSource.system())
                    .write(List.of(new IndexWrites("t").noChunk("a", 1), new IndexWrites("t").noChunk("b", 1)))
                    .get(30, TimeUnit.SECONDS);
            assertThat(outcomes).containsOnly(new Retryable("no_connection")).hasSize(2);

            ChunkQuery query =
                    new ChunkQuery(Visibility.ofTenant("t"), List.of(), List.of(new LegQuery.Keywords("alpha", 10)));
            assertThat(new OpenSearchChunkSearch(none).search(query).get(30, TimeUnit.SECONDS))
                    .singleElement()
                    .isInstanceOf(LegOutcome.Failed.class);

            assertThat(new OpenSearchSearchableProbe(none).searchableFence("a"))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(IndexUnavailableException.class);
            assertThat(new OpenSearchIndexAdmin(none).ready()).isFalse();
            assertThatThrownBy(() -> new OpenSearchIndexAdmin(none).ensureIndices(MODEL))
                    .isInstanceOf(IndexUnavailableException.class);
        }
    }

    @Test
    void afterARestartTheSameConnectionsWork() throws Exception {
        IndexWrites writes = new IndexWrites("restart");
        write(writes.chunk("a", 1, "alpha", null));
        node.kill();
        assertThat(write(writes.chunk("b", 1, "beta", null))).singleElement().isInstanceOf(Retryable.class);
        node.launch();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(write(writes.chunk("b", 1, "beta", null)))
                        .allMatch(outcome -> !(outcome instanceof Retryable)));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(admin::ready);
    }

    private static List<WriteOutcome> write(IndexWrite... writes) throws Exception {
        return writer.write(List.of(writes)).get(60, TimeUnit.SECONDS);
    }

    private static void send(String method, String path, String body) {
        Reply reply = body.isEmpty()
                ? connection.send(method, path).join()
                : connection
                        .sendJson(method, path, body.getBytes(StandardCharsets.UTF_8))
                        .join();
        assertThat(reply.status()).as(method + " " + path).isLessThan(300);
    }

    private static void setReadOnly(String value) {
        set("{\"index.blocks.read_only_allow_delete\":" + value + "}");
    }

    private static void set(String settings) {
        assertThat(connection
                        .sendJson("PUT", "/freshet-chunks/_settings", settings.getBytes(StandardCharsets.UTF_8))
                        .join()
                        .status())
                .isEqualTo(200);
    }
}
