package dev.freshet.query;

import dev.freshet.engines.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real Kafka broker for tests, on a free port. */
final class KafkaProcess implements AutoCloseable {
    private final ServerProcess server;
    private final String bootstrapServers;

    private KafkaProcess(ServerProcess server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    static KafkaProcess start(Path home) {
        int port = ServerProcess.freePort();
        String bootstrapServers = "127.0.0.1:" + port;
        List<String> java = List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "dev.freshet.local.kafka.LocalKafka",
                "--home",
                home.toString(),
                "--port",
                Integer.toString(port),
                "--controller-port",
                Integer.toString(ServerProcess.freePort()));
        ServerProcess server =
                ServerProcess.start("local/kafka", home.resolve("kafka.log"), java, () -> answers(bootstrapServers));
        return new KafkaProcess(server, bootstrapServers);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    void createTopic(String name) throws Exception {
        try (Admin admin = admin(bootstrapServers)) {
            admin.createTopics(List.of(new NewTopic(name, 4, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
    }

    void write(String topic, String key, byte[] value) throws Exception {
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
        }
    }

    void kill() {
        server.kill();
    }

    void launch() {
        server.launch();
    }

    @Override
    public void close() {
        server.close();
    }

    private static boolean answers(String bootstrapServers) throws InterruptedException {
        try (Admin admin = admin(bootstrapServers)) {
            return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static Admin admin(String bootstrapServers) {
        Properties settings = new Properties();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3000);
        return Admin.create(settings);
    }
}
