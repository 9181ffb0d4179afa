package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.chunk.EmbeddedText;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.reliability.Survives;
import dev.freshet.core.revision.ChunkPlacement;
import dev.freshet.engines.embedding.EmbedderSettings;
import dev.freshet.engines.embedding.Embedders;
import dev.freshet.engines.opensearch.OpenSearchConnection;
import dev.freshet.engines.opensearch.OpenSearchIndexAdmin;
import dev.freshet.engines.opensearch.OpenSearchIndexWriter;
import dev.freshet.engines.opensearch.OpenSearchOptions;
import dev.freshet.engines.opensearch.OpenSearchProcess;
import dev.freshet.engines.process.ServerProcess;
import dev.freshet.query.Http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retrieval through the API as a process, with a real OpenSearch and the real encoder; Kafka is away, which no search minds. */
final class SearchIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int FUZZED = Integer.getInteger("freshet.fuzz", 1_000);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private static OpenSearchProcess openSearch;
    private static ServerProcess api;
    private static Http http;
    private static Path profile;
    private static Path log;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        openSearch = OpenSearchProcess.start(Files.createDirectory(folder.resolve("opensearch")));
        profile = folder.resolve("profile.json");
        Files.writeString(profile, "{\"name\":\"first\",\"version\":\"1\"}");
        log = folder.resolve("api.log");
        index();
        int port = ServerProcess.freePort();
        http = new Http(port);
        api = ServerProcess.start(
                "query-api",
                log,
                List.of(
                        "-Xmx512m",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "dev.freshet.query.QueryApi",
                        "--port",
                        Integer.toString(port),
                        "--opensearch-url",
                        openSearch.url().toString(),
                        "--kafka-bootstrap-servers",
                        "127.0.0.1:" + ServerProcess.freePort(),
                        "--search-timeout",
                        Long.toString(DEADLINE.toMillis()),
                        "--ranking-profile",
                        profile.toString()),
                SearchIT::ready);
    }

    @AfterAll
    static void stop() {
        http.close();
        api.close();
        openSearch.close();
    }

    @Test
    void tokenVectorsOfTheIndexRerank() {
        // What the index holds is asked in the background.
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(search("{\"query\":\"days of paid leave\",\"explain\":true}")
                                .at("/explain/rerank/reranker")
                                .asText())
                        .isEqualTo("late_interaction"));

        JsonNode answer = search("{\"query\":\"how many days of paid leave\",\"k\":2}");

        assertThat(answer.path("degraded")).isEmpty();
        assertThat(answer.at("/hits/0/title").asText()).isEqualTo("Holidays");
        assertThat(answer.at("/hits/0/scores/rerank").asDouble())
                .isBetween(answer.at("/hits/1/scores/rerank").asDouble(), 1.0);
        assertThat(answer.at("/took_ms/rerank").asDouble()).isPositive();
    }

    @Test
    void documentsComeFirstWhereTheyAreAskedFor() {
        JsonNode answer = search("{\"query\":\"vacation of employees\",\"strategy\":\"hierarchical\",\"k\":3}");

        assertThat(answer.path("degraded")).isEmpty();
        assertThat(answer.at("/hits/0/title").asText()).isEqualTo("Holidays");
    }

    @Test
    void severalWordingsAreAskedInOneRoundTrip() {
        JsonNode answer = search(
                "{\"query\":\"difference between savepoints and travel refunds\",\"strategy\":\"multi_query\",\"explain\":true}");

        assertThat(answer.path("degraded")).isEmpty();
        assertThat(answer.at("/explain/lists/vector:2").isObject()).isTrue();
        assertThat(answer.path("hits").findValuesAsText("title")).contains("Restarting a job", "Expenses");
    }

    @Test
    void aGermanQuestionFindsGermanInflections() {
        JsonNode answer = search("{\"query\":\"Wie geht es den Häusern?\",\"mode\":\"keyword\",\"k\":1}");

        assertThat(answer.at("/hits/0/title").asText()).isEqualTo("Neustart");
        assertThat(answer.at("/hits/0/highlights")).isNotEmpty();
    }

    @Test
    void whatAQueryNamesLiterallyIsFirst() {
        JsonNode answer = search("{\"query\":\"what about CVE-2026-1234\",\"k\":1,\"explain\":true}");

        assertThat(answer.at("/explain/analysis/identifiers/0").asText()).isEqualTo("CVE-2026-1234");
        assertThat(answer.at("/hits/0/title").asText()).isEqualTo("Advisories");
        assertThat(answer.at("/hits/0/scores/metadata").asDouble()).isPositive();
    }

    @Test
    void aNewProfileIsActiveSoonAndABrokenOneNever() throws IOException {
        Files.writeString(profile, "{\"name\":\"second\",\"version\":\"1\",\"fusion\":{\"method\":\"rrf\"}}");
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(
                                search("{\"query\":\"leave\"}").path("profile").asText())
                        .isEqualTo("second@1"));

        Files.writeString(profile, "{\"name\":\"third\",\"version\":\"1\",\"fusion\":{\"method\":\"magic\"}}");
        Awaitility.await().atMost(SOON).until(() -> Files.readString(log).contains("must be one of min_max"));
        assertThat(search("{\"query\":\"leave\"}").path("profile").asText()).isEqualTo("second@1");

        Files.writeString(profile, "{\"name\":\"first\",\"version\":\"1\"}");
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(
                                search("{\"query\":\"leave\"}").path("profile").asText())
                        .isEqualTo("first@1"));
    }

    @Test
    @Survives({"B11", "B12", "B13"})
    void whatNobodyMeansWellIsAnsweredOrRefusedInTime() {
        FuzzedSearches searches = new FuzzedSearches(30_112_026);
        int answered = 0;
        for (int i = 0; i < FUZZED; i++) {
            String body = searches.next();
            long start = System.nanoTime();
            Answer answer = http.post("/v1/search", body);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(body).isLessThan(DEADLINE.plusSeconds(1));
            assertThat(answer.status())
                    .as("search %d: %s gave %s", i, body, answer.body())
                    .isIn(200, 400);
            if (answer.status() == 200) {
                answered++;
                // A clause that the engine refuses would be a leg that failed.
                assertThat(answer.json().path("degraded")).as(body).isEmpty();
            }
        }
        assertThat(answered).isGreaterThan(FUZZED / 10);
    }

    private static boolean ready() {
        try {
            return http.get("/readyz").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static JsonNode search(String body) {
        Answer answer = http.post("/v1/search", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void index() throws Exception {
        EmbedderSettings settings = new EmbedderSettings("minilm", 1).keeping(TokenVectorForm.BITS);
        try (Embedder embedder = Embedders.open(settings);
                OpenSearchConnection connection =
                        OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(openSearch.url())))) {
            OpenSearchIndexAdmin admin = new OpenSearchIndexAdmin(connection);
            admin.ensureIndices(embedder.identity(), embedder.tokenVectors());
            List<IndexWrite> writes = new ArrayList<>();
            writes.addAll(writes(embedder, "Restarting a job", "Stop the job with a savepoint, then start it.", "en"));
            writes.addAll(writes(embedder, "Holidays", "Everyone has thirty days of paid leave each year.", "en"));
            writes.addAll(writes(embedder, "Expenses", "Travel costs are refunded within two weeks.", "en"));
            writes.addAll(writes(embedder, "Advisories", "CVE-2026-1234 is mended in version 3.5.1.", "en"));
            writes.addAll(writes(embedder, "Neustart", "Im Haus wird der Dienst jeden Tag neu gestartet.", "de"));
            new OpenSearchIndexWriter(connection, InstantSource.system())
                    .write(writes)
                    .get(30, TimeUnit.SECONDS);
            admin.refresh();
        }
    }

    /** As the ingest job does, one chunk per document. */
    private static List<IndexWrite> writes(Embedder embedder, String title, String text, String language)
            throws Exception {
        DocumentFields fields = new DocumentFields(title, null, "text/plain", "{}", List.of("*"), language);
        EmbedOutcome.Embedded embedded =
                (EmbedOutcome.Embedded) embedder.embedPassages(List.of(EmbeddedText.of(title, List.of(), text)))
                        .get(30, TimeUnit.SECONDS)
                        .getFirst();
        List<String> entities = text.contains("CVE") ? List.of("identifier:CVE-2026-1234") : List.of();
        return List.of(
                new IndexWrite.PutChunk(new ChunkDocument(
                        "chunk-" + title,
                        1,
                        "default",
                        "docs/" + title,
                        List.of(),
                        text,
                        10,
                        new ChunkMetadata(List.of(), 1, "", "", entities, List.of()),
                        fields,
                        Instant.now(),
                        embedded.vector(),
                        embedded.tokenVectors())),
                new IndexWrite.PutDocument(new DocumentEntry(
                        new DocumentKey("default", "docs/" + title),
                        new ChangeOrder(0, 1),
                        fields,
                        IndexWrites.EVENT_TIME,
                        List.of(new ChunkPlacement("chunk-" + title, "hash", 0, text.length())),
                        embedded.vector())));
    }
}
