package dev.freshet.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.http.JsonHttp;
import dev.freshet.local.process.Leftovers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    @Test
    void keepsItsDataWhenItIsStoppedAndStartedOnOtherPorts() throws Exception {
        try (LocalStack stack = LocalStack.start(StackOptions.forTests(home, Component.OPENSEARCH, Component.KAFKA))) {
            createVectorIndex(stack);
            assertThat(put(stack, "a", List.of(1.0, 0.0), "x")).isTrue();
            assertThat(put(stack, "b", List.of(0.9, 0.1), "y")).isTrue();
            produce(stack, "default/a", "{}");
        }
        assertThat(Leftovers.alive(home.resolve("run"))).isEmpty();

        try (LocalStack stack = LocalStack.start(StackOptions.forTests(home, Component.OPENSEARCH, Component.KAFKA))) {
            assertThat(nearest(stack, List.of(1.0, 0.0), "y")).containsExactly("b");
            assertThat(consume(stack)).containsExactly("default/a");
        }
        assertThat(Leftovers.alive(home.resolve("run"))).isEmpty();
    }

    @Test
    void startsAKilledTaskManagerAgain() throws Exception {
        StackOptions options = StackOptions.forTests(home, Component.JOBMANAGER, Component.TASKMANAGER);
        try (LocalStack stack = LocalStack.start(options)) {
            long killed = stack.pid(Component.TASKMANAGER);
            stack.kill(Component.TASKMANAGER);
            stack.awaitHealthy(Duration.ofSeconds(60));
            assertThat(stack.pid(Component.TASKMANAGER)).isPositive().isNotEqualTo(killed);
            assertThat(stack.status().components())
                    .filteredOn(status -> status.component() == Component.TASKMANAGER)
                    .extracting(ComponentStatus::restarts)
                    .containsExactly(1);
        }
        assertThat(Leftovers.alive(home.resolve("run"))).isEmpty();
    }

    private static void createVectorIndex(LocalStack stack) throws Exception {
        String mapping = """
                {"settings": {"index.knn": true, "number_of_replicas": 0},
                 "mappings": {"properties": {"owner": {"type": "keyword"}, "vector": {"type": "knn_vector", "dimension": 2,
                   "space_type": "cosinesimil", "method": {"name": "hnsw", "engine": "lucene"}}}}}
                """;
        JsonHttp.Answer answer = new JsonHttp(stack.openSearch())
                .send(
                        "PUT",
                        "/vectors",
                        Map.of("Content-Type", "application/json"),
                        java.net.http.HttpRequest.BodyPublishers.ofString(mapping),
                        DEADLINE);
        assertThat(answer.ok()).as(answer.toString()).isTrue();
    }

    private static boolean put(LocalStack stack, String id, List<Double> vector, String owner) throws Exception {
        return new JsonHttp(stack.openSearch())
                .post("/vectors/_doc/" + id + "?refresh=true", Map.of("vector", vector, "owner", owner), DEADLINE)
                .ok();
    }

    private static List<String> nearest(LocalStack stack, List<Double> vector, String owner) throws Exception {
        Map<String, Object> filter = Map.of("term", Map.of("owner", owner));
        Map<String, Object> knn = Map.of("vector", Map.of("vector", vector, "k", 1, "filter", filter));
        return new JsonHttp(stack.openSearch())
                .post("/vectors/_search", Map.of("query", Map.of("knn", knn)), DEADLINE)
                .body()
                .findValuesAsText("_id");
    }

    private static void produce(LocalStack stack, String key, String value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", stack.kafkaBootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.DOCUMENTS, 0, key, value))
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static List<String> consume(LocalStack stack) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", stack.kafkaBootstrapServers(), "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(Topics.DOCUMENTS, 0)));
            return java.util.stream.StreamSupport.stream(consumer.poll(DEADLINE).spliterator(), false)
                    .map(ConsumerRecord::key)
                    .toList();
        }
    }
}
