package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.account.OutcomeCounts;
import dev.freshet.core.chunk.EmbeddedText;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.embed.EmbedOutcome;
import dev.freshet.core.embed.Embedder;
import dev.freshet.core.envelope.WatermarkJson;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.DocumentEntry;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.revision.ChunkPlacement;
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
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The API as a process, with a real OpenSearch, a real Kafka and the real encoder. The faults come last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class QueryApiIT {
    private static final String TOPIC = "documents";
    private static final String WATERMARKS = "index-watermarks";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static OpenSearchProcess openSearch;
    private static KafkaProcess kafka;
    private static ServerProcess api;
    private static Path log;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        openSearch = OpenSearchProcess.start(Files.createDirectory(folder.resolve("opensearch")));
        kafka = KafkaProcess.start(Files.createDirectory(folder.resolve("kafka")));
        kafka.createTopic(TOPIC);
        kafka.createTopic(WATERMARKS);
        log = folder.resolve("api.log");
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
                        kafka.bootstrapServers()),
                QueryApiIT::ready);
        index(
                List.of("Restarting a job", "Stop the job with a savepoint, then start the new version from it."),
                List.of("Holidays", "Everyone has thirty days of paid leave each year."),
                List.of("Expenses", "Travel costs are refunded within two weeks."));
    }

    @AfterAll
    static void stop() {
        http.close();
        api.close();
        kafka.close();
        openSearch.close();
    }

    @Test
    @Order(1)
    void meaningIsFoundWithoutSharedWords() {
        JsonNode hits = search("{\"query\":\"How much vacation do employees get?\",\"mode\":\"vector\"}");

        assertThat(hits.at("/hits/0/title").asText()).isEqualTo("Holidays");
    }

    @Test
    @Order(1)
    void wordsAreFoundInTheirInflections() {
        JsonNode answer = search("{\"query\":\"savepoints\",\"mode\":\"keyword\"}");

        assertThat(answer.path("hits").findValuesAsText("title")).containsExactly("Restarting a job");
    }

    @Test
    @Order(1)
    void bothAreFused() {
        JsonNode answer = search("{\"query\":\"refund of travel\",\"explain\":true,\"k\":1}");

        assertThat(answer.path("degraded")).isEmpty();
        assertThat(answer.at("/hits/0/title").asText()).isEqualTo("Expenses");
        assertThat(answer.at("/hits/0/explain/legs").size()).isEqualTo(2);
    }

    @Test
    @Order(1)
    void aDocumentIsRead() {
        JsonNode document = http.get("/v1/documents/docs/Holidays").json();

        assertThat(document.path("text").asText()).isEqualTo("Everyone has thirty days of paid leave each year.");
    }

    @Test
    @Order(1)
    void changesReachTheTopicInTheEnvelope() {
        Answer put = http.post("/v1/documents", "{\"id\":\"new/ä.md\",\"content\":\"Text\"}", "Freshet-Tenant", "acme");
        Answer delete = http.delete("/v1/documents/new/%C3%A4.md", "Freshet-Tenant", "acme");

        assertThat(put.status()).isEqualTo(202);
        assertThat(delete.status()).isEqualTo(202);
        JsonNode origin = put.json().path("origin");
        List<ConsumerRecord<String, String>> records =
                records(origin.path("partition").asInt(), 2);
        assertThat(records.getFirst().offset()).isEqualTo(origin.path("offset").asLong());
        assertThat(records).extracting(ConsumerRecord::key).containsOnly("acme/new/ä.md");
        assertThat(records.getFirst().value())
                .contains("\"op\":\"upsert\"", "\"tenant\":\"acme\"", "\"content\":\"Text\"");
        assertThat(records.getLast().value()).contains("\"op\":\"delete\"").doesNotContain("content");
        assertThat(delete.json().path("version").asLong())
                .isGreaterThan(put.json().path("version").asLong());
    }

    @Test
    @Order(1)
    void theWatermarksOfTheIndexAreFollowed() throws Exception {
        OutcomeCounts counts = new OutcomeCounts(3, 2, 0, 0, 1, 0, 0);
        IndexWatermark watermark = new IndexWatermark(TOPIC, 1, 41, Instant.now(), counts, Instant.now());
        kafka.write(WATERMARKS, watermark.key(), WatermarkJson.write(watermark));

        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            JsonNode freshness = http.get("/v1/freshness").json();
            assertThat(freshness.at("/partitions/0/offset").asLong()).isEqualTo(41);
            assertThat(freshness.at("/totals/dead_lettered").asLong()).isOne();
            assertThat(freshness.path("stale").asBoolean(true)).isFalse();
        });
    }

    @Test
    @Order(2)
    void withoutKafkaSearchGoesOnAndWritesComeBackByThemselves() {
        kafka.kill();

        Answer answer = http.post("/v1/documents", "{\"id\":\"a\",\"content\":\"x\"}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(search("{\"query\":\"holidays\"}").path("hits")).isNotEmpty();
        assertThat(http.get("/v1/freshness").json().at("/partitions/0/offset").asLong())
                .isEqualTo(41);

        kafka.launch();
        Awaitility.await()
                .atMost(SOON)
                .until(() -> http.post("/v1/documents", "{\"id\":\"a\",\"content\":\"x\"}")
                                .status()
                        == 202);
        Instant back = Instant.now();
        Awaitility.await()
                .atMost(SOON)
                .until(() -> Instant.parse(
                                http.get("/v1/freshness").json().path("as_of").asText())
                        .isAfter(back));
    }

    @Test
    @Order(3)
    void withoutOpenSearchThereAreProblemsUntilItIsBack() {
        openSearch.kill();

        assertThat(http.post("/v1/search", "{\"query\":\"holidays\"}").status()).isEqualTo(503);
        assertThat(http.get("/v1/documents/docs/Holidays").status()).isEqualTo(503);
        assertThat(http.get("/readyz").status()).isEqualTo(503);
        assertThat(http.get("/healthz").status()).isEqualTo(200);

        openSearch.launch();
        Awaitility.await().atMost(SOON).until(QueryApiIT::ready);
        assertThat(search("{\"query\":\"holidays\"}").path("hits")).isNotEmpty();
    }

    @Test
    @Order(4)
    void sigtermEndsItCleanlyAndNoTextWasLogged() throws IOException {
        assertThat(api.terminate()).isEqualTo(143);

        assertThat(Files.readString(log))
                .contains("Query API stopped")
                .doesNotContain("holidays")
                .doesNotContain("refund");
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

    /** As the ingest job does, one chunk per document. */
    @SafeVarargs
    private static void index(List<String>... documents) throws Exception {
        try (Embedder embedder = Embedders.open("minilm", 1);
                OpenSearchConnection connection =
                        OpenSearchConnection.open(OpenSearchOptions.forWrites(List.of(openSearch.url())))) {
            List<IndexWrite> writes = new ArrayList<>();
            for (List<String> document : documents) {
                writes.addAll(writes(document.get(0), document.get(1), embedder));
            }
            new OpenSearchIndexWriter(connection, InstantSource.system())
                    .write(writes)
                    .get(30, TimeUnit.SECONDS);
            new OpenSearchIndexAdmin(connection).refresh();
        }
    }

    private static List<IndexWrite> writes(String title, String text, Embedder embedder) throws Exception {
        DocumentFields fields = new DocumentFields(title, null, "text/plain", "{}", List.of("*"));
        String embedded = EmbeddedText.of(title, List.of(), text);
        EmbedOutcome outcome = embedder.embedPassages(List.of(embedded))
                .get(30, TimeUnit.SECONDS)
                .getFirst();
        float[] vector = ((EmbedOutcome.Embedded) outcome).vector();
        return List.of(
                new IndexWrite.PutChunk(new ChunkDocument(
                        "chunk-" + title,
                        1,
                        "default",
                        "docs/" + title,
                        List.of(),
                        text,
                        10,
                        ChunkMetadata.NONE,
                        fields,
                        Instant.now(),
                        vector)),
                new IndexWrite.PutDocument(new DocumentEntry(
                        new DocumentKey("default", "docs/" + title),
                        new ChangeOrder(0, 1),
                        fields,
                        IndexWrites.EVENT_TIME,
                        List.of(new ChunkPlacement("chunk-" + title, "hash", 0, text.length())))));
    }

    private static List<ConsumerRecord<String, String>> records(int partition, int count) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, partition)));
            Awaitility.await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }
}
