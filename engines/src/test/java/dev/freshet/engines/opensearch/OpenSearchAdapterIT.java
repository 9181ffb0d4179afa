package dev.freshet.engines.opensearch;

import static dev.freshet.engines.opensearch.SharedOpenSearch.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.IndexWriterContract;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.SearchableProbe;
import dev.freshet.core.index.SearchableProbeContract;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.index.WriteOutcome.Written;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.ChunkReader;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.ChunkSearchContract;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.core.search.DocumentSearch;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.core.search.LegOutcome;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.RetrievalContract;
import dev.freshet.core.search.Visibility;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contracts of the index ports, and what only a real OpenSearch can do wrong. */
final class OpenSearchAdapterIT {
    @RegisterExtension
    static final SharedOpenSearch OPEN_SEARCH = new SharedOpenSearch();

    private final OpenSearchChunkSearch search = new OpenSearchChunkSearch(OPEN_SEARCH.connection());

    @BeforeAll
    static void ensureIndices() {
        OPEN_SEARCH.admin().ensureIndices(MODEL);
    }

    @Nested
    final class Writing extends IndexWriterContract {
        @Override
        protected IndexWriter writer() {
            return OPEN_SEARCH.writer();
        }

        @Override
        protected ChunkSearch search() {
            return search;
        }

        @Override
        protected DocumentReader documents() {
            return new OpenSearchDocumentReader(OPEN_SEARCH.connection());
        }

        @Override
        protected void refresh() {
            OPEN_SEARCH.admin().refresh();
        }
    }

    @Nested
    final class Searching extends ChunkSearchContract {
        @Override
        protected IndexWriter writer() {
            return OPEN_SEARCH.writer();
        }

        @Override
        protected ChunkSearch search() {
            return search;
        }

        @Override
        protected void refresh() {
            OPEN_SEARCH.admin().refresh();
        }
    }

    @Nested
    final class Retrieving extends RetrievalContract {
        @Override
        protected IndexWriter writer() {
            return OPEN_SEARCH.writer();
        }

        @Override
        protected ChunkSearch search() {
            return search;
        }

        @Override
        protected DocumentSearch documents() {
            return search;
        }

        @Override
        protected ChunkReader reader() {
            return new OpenSearchChunkReader(OPEN_SEARCH.connection());
        }

        @Override
        protected void refresh() {
            OPEN_SEARCH.admin().refresh();
        }
    }

    @Nested
    final class Probing extends SearchableProbeContract {
        @Override
        protected SearchableProbe probe() {
            return new OpenSearchSearchableProbe(OPEN_SEARCH.connection());
        }

        @Override
        protected IndexWriter writer() {
            return OPEN_SEARCH.writer();
        }

        @Override
        protected void refresh() {
            OPEN_SEARCH.admin().refresh();
        }
    }

    @Test
    void whatIsAcknowledgedIsSeenByTheProbeOnlyAfterTheNextRefresh() throws Exception {
        IndexWrites writes = new IndexWrites("probe");
        OpenSearchSearchableProbe probe = new OpenSearchSearchableProbe(OPEN_SEARCH.connection());
        try {
            set("{\"index.refresh_interval\":-1}");
            write(writes.chunk("a", 5, "alpha", null));
            assertThat(probe.searchableFence(writes.id("a")).get(30, TimeUnit.SECONDS))
                    .isEmpty();

            OPEN_SEARCH.admin().refresh();
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
        OPEN_SEARCH.node().kill();
        try {
            assertThat(write(writes.chunk("b", 1, "beta", null)))
                    .singleElement()
                    .isInstanceOf(Retryable.class);
        } finally {
            OPEN_SEARCH.node().launch();
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(write(writes.chunk("b", 1, "beta", null)))
                        .allMatch(outcome -> !(outcome instanceof Retryable)));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(OPEN_SEARCH.admin()::ready);
    }

    private static List<WriteOutcome> write(IndexWrite... writes) throws Exception {
        return OPEN_SEARCH.write(List.of(writes));
    }

    private static void setReadOnly(String value) {
        set("{\"index.blocks.read_only_allow_delete\":" + value + "}");
    }

    private static void set(String settings) {
        OPEN_SEARCH.request("PUT", "/freshet-chunks/_settings", settings);
    }
}
