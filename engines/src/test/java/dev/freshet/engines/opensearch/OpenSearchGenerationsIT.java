package dev.freshet.engines.opensearch;

import static dev.freshet.engines.opensearch.SharedOpenSearch.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.index.IndexGenerations;
import dev.freshet.core.index.IndexGenerationsContract;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrite.ForGeneration;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.search.ChunkSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Generations on a real OpenSearch: what readers see while one takes the place of another, and what the aliases hold back. */
final class OpenSearchGenerationsIT {
    @RegisterExtension
    static final SharedOpenSearch OPEN_SEARCH = new SharedOpenSearch();

    private static final int CHUNKS = 200;

    private final OpenSearchGenerations generations = new OpenSearchGenerations(OPEN_SEARCH.connection(), MODEL);

    @BeforeAll
    static void ensureIndices() {
        OPEN_SEARCH.admin().ensureIndices(MODEL);
    }

    /** As in a cluster where nobody thought of it: then only the aliases keep indices from being made by writes. */
    @BeforeEach
    void writesMayMakeIndices() {
        OPEN_SEARCH.request("PUT", "/_cluster/settings", "{\"persistent\":{\"action.auto_create_index\":\"true\"}}");
    }

    @Nested
    final class Generations extends IndexGenerationsContract {
        @Override
        protected IndexWriter writer() {
            return OPEN_SEARCH.writer();
        }

        @Override
        protected ChunkSearch search() {
            return new OpenSearchChunkSearch(OPEN_SEARCH.connection());
        }

        @Override
        protected IndexGenerations generations() {
            return generations;
        }
    }

    @Test
    void noSearchFailsOrFindsLessWhileGenerationsTakeEachOthersPlace() throws Exception {
        IndexWrites writes = new IndexWrites("swap");
        OPEN_SEARCH.write(chunks(writes, "a"));
        OPEN_SEARCH.admin().refresh();
        assertThat(count("swap")).isEqualTo(CHUNKS);
        ConcurrentLinkedQueue<Integer> counts = new ConcurrentLinkedQueue<>();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                counts.add(count("swap"));
            }
        });

        for (String generation : List.of("swap-1", "swap-2", "swap-3")) {
            List<String> before = generations.retired();
            generations.begin(generation);
            OPEN_SEARCH.write(chunks(writes, "a").stream()
                    .<IndexWrite>map(write -> new ForGeneration(generation, write))
                    .toList());
            assertThat(generations.switchTo(generation)).isTrue();
            int seen = counts.size();
            while (counts.size() < seen + 3 && !reader.isDone()) {
                Thread.onSpinWait();
            }
            generations.delete(before);
        }
        done.set(true);
        reader.get(30, TimeUnit.SECONDS);

        assertThat(counts).hasSizeGreaterThan(9).containsOnly(CHUNKS);
    }

    @Test
    void aSwitchMovesBothAliasesAndRetiresTheOldIndices() {
        generations.begin("both-1");
        generations.switchTo("both-1");
        generations.begin("both-2");
        assertThat(indicesOf("freshet-chunks-NEXT-both-2")).containsExactly("freshet-chunks-both-2");

        generations.switchTo("both-2");

        assertThat(indicesOf("freshet-chunks")).containsExactly("freshet-chunks-both-2");
        assertThat(indicesOf("freshet-documents")).containsExactly("freshet-documents-both-2");
        assertThat(indicesOf("freshet-chunks-NEXT-both-2")).isEmpty();
        assertThat(generations.retired()).contains("freshet-chunks-both-1", "freshet-documents-both-1");
        // Its vectors belong to the same model: a job that starts now goes on with it.
        OPEN_SEARCH.admin().ensureIndices(MODEL);
        assertThat(indicesOf("freshet-chunks")).containsExactly("freshet-chunks-both-2");
    }

    @Test
    void aRetiredIndexThatSomebodyElseUsesStays() {
        generations.begin("used-1");
        generations.switchTo("used-1");
        generations.begin("used-2");
        generations.switchTo("used-2");
        OPEN_SEARCH.request("PUT", "/freshet-chunks-used-1/_alias/somebody-elses", "{}");

        generations.delete(List.of("freshet-chunks-used-1", "freshet-documents-used-1", "freshet-chunks-used-2"));

        assertThat(indicesOf("freshet-chunks-used-1")).isNotEmpty();
        assertThat(indicesOf("freshet-documents-used-1")).isEmpty();
        assertThat(indicesOf("freshet-chunks-used-2")).isNotEmpty();
    }

    @Test
    void aGenerationWhoseIndexWasLostIsNotSwitchedTo() {
        generations.begin("lost");
        List<String> before = indicesOf("freshet-documents");
        OPEN_SEARCH.request("DELETE", "/freshet-chunks-lost", "{}");

        assertThat(generations.switchTo("lost")).isFalse();
        assertThat(indicesOf("freshet-documents")).isEqualTo(before);
    }

    @Test
    void lostIndicesAreThereAgainWhenAGenerationBegins() throws Exception {
        String lost = indicesOf("freshet-chunks").getFirst();
        OPEN_SEARCH.request("DELETE", "/" + lost, "{}");

        generations.begin("found");

        assertThat(OPEN_SEARCH.write(List.of(new IndexWrites("found").chunk("a", 1, "alpha", null))))
                .containsExactly(new WriteOutcome.Written());
    }

    @Test
    void manySwitchesAtOnceAreOne() {
        generations.begin("once");
        AtomicInteger switched = new AtomicInteger();

        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> {
                            if (generations.switchTo("once")) {
                                switched.incrementAndGet();
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .exceptionally(lateOne -> null)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(switched.get()).isPositive();
        assertThat(indicesOf("freshet-chunks")).containsExactly("freshet-chunks-once");
        assertThat(generations.switchTo("once")).isTrue();
    }

    private static List<IndexWrite> chunks(IndexWrites writes, String prefix) {
        return IntStream.range(0, CHUNKS)
                .<IndexWrite>mapToObj(i -> writes.chunk(prefix + i, 1, "alpha " + i, IndexWrites.vectorAt(i)))
                .toList();
    }

    /** Of the tenant's chunks, by a search; fails where a shard did not answer. */
    private static int count(String tenant) {
        JsonNode reply = OPEN_SEARCH.request(
                "POST",
                "/freshet-chunks/_search",
                "{\"size\":0,\"track_total_hits\":true,\"query\":{\"term\":{\"tenant\":\"" + tenant + "\"}}}");
        assertThat(reply.at("/_shards/failed").asInt(-1)).isZero();
        return reply.at("/hits/total/value").asInt();
    }

    private static List<String> indicesOf(String name) {
        Reply reply =
                OPEN_SEARCH.connection().send("GET", "/" + name + "/_alias").join();
        List<String> indices = new ArrayList<>();
        if (reply.status() == 200) {
            BlockingRequests.parse(reply.body()).fieldNames().forEachRemaining(indices::add);
        }
        return indices;
    }
}
